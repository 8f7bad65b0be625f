import { join } from 'node:path';
import type { ExecaChildProcess } from 'execa';
import { cutOff, type Host, reconnect, removeAddress, signal } from './network';
import { startService } from './programs';

/** A machine with HAProxy and keepalived. */
export interface Balancer {
  readonly host: Host;
  /** What its programs said. */
  readonly logs: readonly string[];
  /** Starts both programs, as a boot does. */
  start(): void;
  /** Ends them in the order in which systemd does: the address leaves while HAProxy still answers. */
  stop(): Promise<void>;
  /** Kills HAProxy, master and worker. */
  killHaproxy(): void;
  /** Nobody hears of it: no FIN, no RST, no last advert. */
  powerOff(): Promise<void>;
  powerOn(): Promise<void>;
}

export function createBalancer(host: Host, root: string, vip: string): Balancer {
  const logs = ['haproxy', 'keepalived'].map((name) => join(root, `${name}.log`));
  const [haproxyLog = '', keepalivedLog = ''] = logs;
  let haproxy: ExecaChildProcess | undefined;
  let keepalived: ExecaChildProcess | undefined;

  const start = (): void => {
    // The words of Debian's units.
    haproxy = startService(host, root, haproxyLog, ['haproxy', '-Ws', '-f', '/etc/haproxy/haproxy.cfg']);
    keepalived = startService(host, root, keepalivedLog, ['keepalived', '--dont-fork', '--log-console']);
  };

  return {
    host,
    logs,
    start,
    stop: async () => {
      for (const program of [keepalived, haproxy]) {
        program?.kill('SIGTERM');
        await program;
      }
    },
    killHaproxy: () => killGroup(haproxy),
    powerOff: async () => {
      await cutOff(host);
      killGroup(keepalived);
      killGroup(haproxy);
      await removeAddress(host, vip);
    },
    powerOn: async () => {
      await reconnect(host);
      start();
    },
  };
}

/** A program and its children. */
function killGroup(program: ExecaChildProcess | undefined): void {
  if (program?.pid) signal(-program.pid, 'SIGKILL');
}
