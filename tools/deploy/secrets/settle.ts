import { setTimeout } from 'node:timers/promises';
import type { ManifestSet } from '../../manifests/manifest-set';
import { Refused } from '../../parse/parse';
import type { Talk } from '../../render/inventory';
import type { Api } from '../api/client';
import type { LiveWorkload } from '../rollout/workloads';
import { progressOf, restart, restartOrder, runningWorkloads } from './restart';
import { settle } from './write';

export interface Restarts {
  readonly api: Api;
  readonly namespace: string;
  readonly workloads: ManifestSet;
  readonly talks: readonly Talk[];
  /** Workloads that each Secret has to have restarted. */
  readonly owed: ReadonlyMap<string, readonly string[]>;
  readonly at: Date;
  /** Moment after which nothing is waited for. */
  readonly deadline: Date;
  readonly print: (line: string) => void;
}

const PAUSE = 500;

/**
 * Restarts what runs with older values, who is called before who calls, each as soon as those before it are ready.
 * @returns names of what was restarted.
 * @throws Refused where one does not become ready; the Secrets keep who is still owed, for the next time.
 */
export async function restartOwed(restarts: Restarts): Promise<string[]> {
  const { api, namespace, workloads, talks, owed, at, print } = restarts;
  const running = await runningWorkloads(api, namespace, workloads, [...owed.values()].flat());
  const done: string[] = [];
  for (const wave of restartOrder([...running.keys()], talks)) {
    const objects = wave.flatMap((name) => running.get(name) ?? []);
    for (const object of objects) await restart(api, object, at);
    print(`restarting ${wave.join(' and ')}`);
    for (const object of objects) await ready(object, restarts);
    done.push(...wave);
    for (const [secret, names] of owed) {
      const left = names.filter((name) => running.has(name) && !done.includes(name));
      if (names.some((name) => wave.includes(name))) await settle(api, namespace, secret, left);
    }
  }
  // What runs no more is owed nothing.
  for (const [secret, names] of owed) {
    if (!names.some((name) => running.has(name))) await settle(api, namespace, secret, []);
  }
  return done;
}

async function ready(object: LiveWorkload, { api, namespace, deadline, print }: Restarts): Promise<void> {
  const path = await api.pathOf(object);
  const name = `${object.kind} ${object.metadata.name}`;
  for (let last = ''; ; await setTimeout(PAUSE)) {
    const { done, failed, words } = progressOf(await api.get<LiveWorkload>(path));
    if (done) return print(`  ${name}: ready`);
    if (failed !== undefined || new Date() > deadline) {
      throw new Refused([
        `${name}: ${failed ?? 'not ready in time'} (${words}). The Secrets are written; expected it to become ready`,
        `Look at it with: kubectl -n ${namespace} describe ${object.kind.toLowerCase()} ${object.metadata.name}`,
        ...(object.kind === 'StatefulSet'
          ? [
              `A pod of a StatefulSet that is not ready is not replaced by itself: kubectl -n ${namespace} delete pod ${object.metadata.name}-0`,
            ]
          : []),
        'Run the same command again afterwards: it restarts what is still owed.',
      ]);
    }
    if (words !== last) print(`  ${name}: ${words}`);
    last = words;
  }
}
