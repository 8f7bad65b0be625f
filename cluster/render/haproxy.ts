import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { API_SERVER_PORT, balancersOf, isOnMachines, type Machine, type MachineCluster } from '../machines';
import type { ServerCheck } from './failover';
import { onMachine, type Target } from './file';

/**
 * Milliseconds. Two failures in a row, not three: the third would cost another 1.5 s for every frozen API server, and
 * a server that answers in time again is back after two checks.
 */
export const SERVER_CHECK = {
  inter: 1_000,
  fastinter: 500,
  downinter: 2_000,
  fall: 2,
  rise: 2,
  connect: 1_000,
  answer: 1_000,
} as const satisfies ServerCheck & { readonly downinter: number; readonly rise: number };

/** Where HAProxy says that it runs, to its own machine alone. */
export const HEALTH_URL = 'http://127.0.0.1:8404/healthz';

/** HAProxy in front of the API servers, on every machine that balances. */
export const haproxy: Target = (cluster) => {
  if (!isOnMachines(cluster)) return [];
  return balancersOf(cluster).flatMap((machine) => [
    onMachine(machine.name, '/etc/haproxy/haproxy.cfg', configuration(cluster, machine)),
    onMachine(machine.name, END_SESSIONS, readFileSync(join(__dirname, 'haproxy/end-sessions.lua'), 'utf8')),
    onMachine(machine.name, '/etc/systemd/system/haproxy.service.d/restart.conf', RESTART),
  ]);
};

const END_SESSIONS = '/etc/haproxy/end-sessions.lua';

/** Debian's unit says so itself; not every distribution's does. */
const RESTART = '[Service]\nRestart=always\n';

function configuration(cluster: MachineCluster, machine: Machine): string {
  const { apiEndpoint, build } = cluster;
  const { host, pathname } = new URL(HEALTH_URL);
  const { inter, fastinter, downinter, fall, rise, connect, answer } = SERVER_CHECK;
  const everywhere = isIPv6(machine.address) ? '[::]' : '';
  return `# HAProxy of cluster ${cluster.name} on ${machine.name}: brings clients to an API server that is ready; TLS goes through untouched.
# Rendered from the cluster's specification: change that, not this file.

global
    # To the journal.
    log stdout format short daemon
    user haproxy
    group haproxy
    chroot /var/lib/haproxy
    # To drain a server by hand: set server api-servers/<name> state drain
    stats socket /run/haproxy-admin.sock mode 600 level admin
    # Two buffers of 16 KiB each: at most 125 MiB.
    maxconn 4000
    # Sessions of a server that is out are ended, but not before those that still connect to it went elsewhere.
    lua-load ${END_SESSIONS}

defaults
    log global
    mode tcp
    option tcplog
    option dontlognull
    # A server that refuses a connection, or is silent for a second, is left for another one.
    timeout connect ${duration(connect)}
    retries 3
    option redispatch 1
    # exec, logs -f and watches are silent for long. What died on the way is found by keep-alives: 60 s, then 3 of 10 s.
    timeout client 4h
    timeout server 4h
    timeout tunnel 4h
    option clitcpka
    clitcpka-idle 60s
    clitcpka-intvl 10s
    clitcpka-cnt 3
    option srvtcpka
    srvtcpka-idle 60s
    srvtcpka-intvl 10s
    srvtcpka-cnt 3

frontend api
    # Every address of the machine: the one that moves need not be here for HAProxy to start.
    bind ${everywhere}:${apiEndpoint.port}
    default_backend api-servers

backend api-servers
    # A server that hangs keeps its connections, and so gets no more of them.
    balance leastconn
    # Ready, not merely listening: a frozen server accepts connections for ever, and one that shuts down says 500 first.
    # Anonymous clients may read /readyz (ClusterRole system:public-info-viewer): leave them that.
    option httpchk
    http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host ${apiEndpoint.host}
    http-check expect status 200
    option log-health-checks
    timeout check ${duration(answer)}
    # verify none: the cluster's authority exists only after \`kubeadm init\`. It is the clients that verify the API server.
    # fall ${fall}: a frozen server is out after 3.5 s at most. slowstart: one that returns is not stampeded.
    default-server check check-ssl verify none inter ${duration(inter)} fastinter ${duration(fastinter)} downinter ${duration(downinter)} fall ${fall} rise ${rise} slowstart 60s
${build.controlPlanes.map(({ name, address }) => `    server ${name} ${socket(address, API_SERVER_PORT)}`).join('\n')}

# For keepalived and for whoever is logged in here; never for the network.
frontend health
    mode http
    option httplog
    option dontlog-normal
    timeout client 5s
    timeout http-request 5s
    bind ${host}
    # Says that HAProxy runs, whatever the servers are: moving the address would not heal them.
    monitor-uri ${pathname}
    stats enable
    stats uri /stats
`;
}

const duration = (milliseconds: number): string =>
  milliseconds % 1_000 === 0 ? `${milliseconds / 1_000}s` : `${milliseconds}ms`;

const socket = (address: string, port: number): string =>
  isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
