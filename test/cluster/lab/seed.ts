import { balancersOf, type MachineCluster } from '../../../cluster/machines';
import { onMachine, type RenderedFile } from '../../../cluster/render/file';
import { virtualRouterOf } from '../../../cluster/render/keepalived/virtual-router';

/**
 * What a well-known guide to highly available clusters tells its readers to write, with the brace that it lost: a check
 * that only connects, adverts of five seconds, a weight of -2 between equal priorities. The lab has to refuse it.
 */
export const seedFiles = (cluster: MachineCluster): RenderedFile[] =>
  balancersOf(cluster).flatMap(({ name }) => [
    onMachine(name, '/etc/haproxy/haproxy.cfg', haproxy(cluster)),
    onMachine(name, '/etc/keepalived/keepalived.conf', keepalived(cluster)),
    onMachine(name, '/etc/keepalived/check_apiserver.sh', check(cluster)),
  ]);

const vipOf = (cluster: MachineCluster): string => virtualRouterOf(cluster)?.address ?? '';

/** The defaults are those of the package that the guide installs. */
const haproxy = ({ build, apiEndpoint: { port } }: MachineCluster): string => `defaults
    log stdout format short daemon
    retries 3
    timeout connect 10s
    timeout client 1m
    timeout server 1m
    timeout check 10s

frontend kubernetes-frontend
    bind *:${port}
    mode tcp
    option tcplog
    default_backend kubernetes-backend

backend kubernetes-backend
    mode tcp
    option tcp-check
    balance roundrobin
${build.controlPlanes.map(({ name, address }) => `    server ${name} ${address}:6443 check fall 3 rise 2`).join('\n')}
`;

const keepalived = (cluster: MachineCluster): string => `vrrp_script check_apiserver {
    script "/etc/keepalived/check_apiserver.sh"
    interval 3
    timeout 10
    fall 5
    rise 2
    weight -2
}

vrrp_instance VI_1 {
    state BACKUP
    interface ${cluster.build.interface}
    virtual_router_id 1
    priority 100
    advert_int 5
    authentication {
        auth_type PASS
        auth_pass mysecret
    }
    virtual_ipaddress {
        ${vipOf(cluster)}
    }
    track_script {
        check_apiserver
    }
}
`;

const check = (cluster: MachineCluster): string => `#!/bin/sh
errorExit() {
  echo "*** $*" 1>&2
  exit 1
}

curl --silent --max-time 2 --insecure https://localhost:6443/ -o /dev/null || errorExit "Error GET https://localhost:6443/"
if ip addr | grep -q ${vipOf(cluster)}; then
  curl --silent --max-time 2 --insecure https://${vipOf(cluster)}:6443/ -o /dev/null || errorExit "Error GET https://${vipOf(cluster)}:6443/"
fi
`;
