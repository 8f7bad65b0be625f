import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { balancersOf, isOnMachines, type Machine, type MachineCluster } from '../machines';
import type { ScriptCheck } from './failover';
import { onMachine, type Target } from './file';
import { HEALTH_URL } from './haproxy';
import { type VirtualRouter, virtualRouterOf } from './keepalived/virtual-router';

/** Milliseconds between adverts. */
export const ADVERT_INTERVAL = 300;

/** Of the first machine; each further one has one less, so that no two are alike. 255 would own the address. */
export const HIGHEST_PRIORITY = 254;

/** Milliseconds. keepalived 2.2 refuses an interval below one second. */
export const HAPROXY_CHECK = {
  interval: 1_000,
  timeout: 1_000,
  fall: 2,
  rise: 2,
  weight: 0,
} as const satisfies ScriptCheck & { readonly rise: number };

/** The API's address, held by one of the machines that balance. */
export const keepalived: Target = (cluster) => {
  const router = virtualRouterOf(cluster);
  if (!router || !isOnMachines(cluster)) return [];
  return balancersOf(cluster).flatMap(({ name }, index) => [
    onMachine(name, '/etc/keepalived/keepalived.conf', configuration(cluster, router, index)),
    onMachine(name, '/etc/keepalived/check-haproxy', script('check-haproxy')),
    onMachine(name, '/etc/keepalived/check-apiserver', script('check-apiserver')),
    onMachine(name, '/etc/systemd/system/keepalived.service.d/restart.conf', RESTART),
  ]);
};

const script = (name: string): string => readFileSync(join(__dirname, 'keepalived', `${name}.sh`), 'utf8');

/** Debian's unit leaves a keepalived that died where it is. */
const RESTART = '[Unit]\nAfter=haproxy.service\n\n[Service]\nRestart=on-failure\nRestartSec=1\n';

/**
 * One of the two shapes that move the address when they should: nobody preempts, and a failed check is FAULT
 * (weight 0). `nopreempt` with a weight never moves it, nor does a weight smaller than the gap between priorities.
 */
function configuration(cluster: MachineCluster, router: VirtualRouter, index: number): string {
  const machines = balancersOf(cluster);
  const machine = machines[index] as Machine;
  const peers = machines.filter(({ name }) => name !== machine.name);
  const { interval, timeout, fall, rise, weight } = HAPROXY_CHECK;
  const { port } = cluster.apiEndpoint;
  const api = (address: string) => `https://${isIPv6(address) ? `[${address}]` : address}:${port}`;
  return `# keepalived of cluster ${cluster.name} on ${machine.name}: ${router.address} stands on one of ${machines.map(({ name }) => name).join(', ')}.
# Rendered from the cluster's specification: change that, not this file.
# By hand: /etc/keepalived/check-apiserver ${api(machine.address)} ${api(router.address)}

global_defs {
    router_id ${machine.name}
    # Version 2 counts adverts in whole seconds.
    vrrp_version 3
    # A switch or host that missed the news of a move hears it again every minute.
    vrrp_garp_master_refresh 60
    # Nobody but root can change the check. Another user here, and \`keepalived -t\` 2.2.7 ends itself by SIGTERM.
    script_user root
    enable_script_security
}

# Asks the local HAProxy only; its own text says why.
vrrp_script haproxy {
    script "/etc/keepalived/check-haproxy ${HEALTH_URL}"
    interval ${interval / 1_000}
    timeout ${timeout / 1_000}
    fall ${fall}
    rise ${rise}
    # 0: a failure is FAULT, and the address leaves at once. With nopreempt any other weight would leave it where it is.
    weight ${weight}
    # Until HAProxy has answered, this machine claims nothing.
    init_fail
}

vrrp_instance api {
    # Whoever holds the address keeps it: each move leaves open watches hanging until their clients notice.
    state BACKUP
    nopreempt
    interface ${cluster.build.interface}
    # ${router.isGiven ? 'From the specification' : "From the cluster's name"}; one for each pair in a network.
    virtual_router_id ${router.id}
    priority ${HIGHEST_PRIORITY - index}
    advert_int ${ADVERT_INTERVAL / 1_000}
    # To each machine by its address: multicast is often filtered. A firewall lets protocol 112 in from them.
    unicast_src_ip ${machine.address}
    unicast_peer {
${peers.map(({ address }) => `        ${address}`).join('\n')}
    }
    virtual_ipaddress {
        ${router.address}/${isIPv6(router.address) ? 128 : 32}
    }
    track_script {
        haproxy
    }
}
`;
}
