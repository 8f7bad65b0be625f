import { createInterface } from 'node:readline';
import execa from 'execa';
import { now } from './clock';
import type { Host } from './network';

/** Who held an address since when. */
export interface Holding {
  readonly host: Host;
  readonly since: number;
}

export interface Watch {
  /** Machines that hold the address now; two for a moment where one takes over from the other. */
  holders(): readonly Host[];
  /** Every time a machine got the address, in order. */
  readonly gained: readonly Holding[];
}

/** Listens to the kernels of machines for an address that comes and goes. */
export function watchAddress(address: string, hosts: readonly Host[]): Watch {
  const holding = new Set<Host>();
  const gained: Holding[] = [];
  const holds = new RegExp(`\\binet ${address.replaceAll('.', '\\.')}/`);
  for (const host of hosts) {
    const monitor = execa('ip', ['-netns', host.namespace, '-oneline', 'monitor', 'address'], { reject: false });
    createInterface(monitor.stdout as NodeJS.ReadableStream).on('line', (line) => {
      if (!holds.test(line)) return;
      if (line.includes('Deleted ')) holding.delete(host);
      else if (!holding.has(host)) {
        holding.add(host);
        gained.push({ host, since: now() });
      }
    });
  }
  return { holders: () => [...holding], gained };
}
