import { Refused } from '../../parse/parse';
import type { Api } from '../api/client';
import type { Bundle } from '../bundle';
import { facesStart, mayExec, notReady, startedPods } from './database';
import type { Tell } from './exec';
import { generate, hostsOf } from './generate';
import type { Given } from './given';
import { type Change, checkPresent, planChanges } from './plan';
import { missingOf, type Present, readPresent } from './present';
import { ranWithout, runningWorkloads } from './restart';
import { rotateAndWrite } from './rotate';
import { restartOwed } from './settle';
import { undisturbed } from './undisturbed';
import { judgeValues } from './value';
import { tryAll, type Writing, write } from './write';

/** What a command line asks for. */
export interface Wish {
  readonly given: readonly Given[];
  /** Make up what is neither given nor there. */
  readonly generate: boolean;
  /** Change databases' own passwords in them first. */
  readonly rotate: boolean;
  /** Seconds for all restarts together. */
  readonly timeout: number;
}

export interface Means {
  readonly api: Api;
  readonly tell: Tell;
  readonly print: (line: string) => void;
}

/** What was done, by name: `<secret>/<key>`, and workloads. */
export interface Outcome {
  readonly environment: string;
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly generated: readonly string[];
  /** Of the changed ones, those that a running pod was told first. */
  readonly rotated: readonly string[];
  readonly restarted: readonly string[];
  /** What somebody should know: certificates that sign themselves, databases that keep their password. */
  readonly notes: readonly string[];
}

/** `--check`: what of the contract is there. Changes nothing. */
export async function checkSecrets({ environment, namespace, inventory }: Bundle, api: Api) {
  return { environment, ...checkPresent(await readPresent(api, environment, namespace, inventory.secrets)) };
}

/**
 * Brings the contract's Secrets to what was given, and restarts who read older values.
 * @throws Refused with every reason why nothing was written, or with what was, where it broke off.
 */
export async function bringSecrets(bundle: Bundle, wish: Wish, means: Means): Promise<Outcome> {
  const { environment, namespace, inventory, workloads } = bundle;
  const { api } = means;
  const at = new Date();
  const present = await readPresent(api, environment, namespace, inventory.secrets);
  const generated = wish.generate ? await generate(lacking(present, wish.given), workloads) : [];
  const started = await startedPods(api, namespace, inventory.secrets);
  const changes = planChanges(present, [...wish.given, ...generated], {
    namespace,
    at,
    rotate: wish.rotate,
    started,
  });
  const writings = await owing(bundle, api, changes);
  await tryAll(api, namespace, writings);
  await refuseUnready(api, namespace, changes);
  await undisturbed(() => writeAll(namespace, writings, means));

  const owed = new Map([
    ...present.map(({ secret, owed: names }) => [secret.name, names] as const),
    ...writings.map(({ change, owed: names }) => [change.secret.name, names] as const),
  ]);
  const restarted = await restartOwed({
    ...{ api, namespace, workloads, at, print: means.print, talks: inventory.talks },
    owed: new Map([...owed].filter(([, names]) => names.length > 0)),
    deadline: new Date(Date.now() + wish.timeout * 1_000),
  });
  return {
    environment,
    created: named(changes, ({ created }) => created),
    changed: named(changes, ({ changed }) => changed),
    generated: generated.map(({ secret, key }) => `${secret}/${key}`),
    rotated: named(changes, ({ rotated }) => rotated),
    restarted,
    notes: notesOn(bundle, changes, generated, started, at),
  };
}

/** Keys of each Secret that are neither given nor there. */
const lacking = (present: readonly Present[], given: readonly Given[]) =>
  present
    .map((one) => ({
      secret: one.secret,
      keys: missingOf(one).filter(
        (key) => !given.some((other) => other.secret === one.secret.name && other.key === key),
      ),
    }))
    .filter(({ keys }) => keys.length > 0);

/** Each change with the workloads that run with what was there before. */
async function owing({ namespace, workloads }: Bundle, api: Api, changes: readonly Change[]): Promise<Writing[]> {
  const readers = (change: Change, keys: readonly string[]) => keys.flatMap((key) => change.secret.keys[key] ?? []);
  const names = changes.flatMap((change) => readers(change, [...change.created, ...change.changed]));
  const running = await runningWorkloads(api, namespace, workloads, names);
  return changes.map((change) => ({
    change,
    owed: [
      ...new Set([
        ...change.present.owed,
        ...readers(change, change.changed).filter((name) => running.has(name)),
        ...readers(change, change.created).filter((name) => {
          const live = running.get(name);
          return live !== undefined && ranWithout(live, namespace, change.secret.name);
        }),
      ]),
    ].sort(),
  }));
}

/** @throws Refused where a value has to be told to a pod that cannot hear it, or by somebody who may not speak. */
async function refuseUnready(api: Api, namespace: string, changes: readonly Change[]): Promise<void> {
  const pods = new Set(
    changes.flatMap(({ secret, rotated }) => rotated.flatMap((key) => secret.rotations?.[key]?.pod ?? [])),
  );
  if (pods.size === 0) return;
  const faults = [
    ...(await mayExec(api, namespace)),
    ...(await Promise.all([...pods].map((pod) => notReady(api, namespace, pod)))).flat(),
  ];
  if (faults.length > 0) throw new Refused([...faults, 'Nothing was written.']);
}

/** Those first that may be refused outside the API server: by a database. */
async function writeAll(namespace: string, writings: readonly Writing[], { api, tell, print }: Means): Promise<void> {
  const written: string[] = [];
  for (const writing of writings.toSorted((a, b) => b.change.rotated.length - a.change.rotated.length)) {
    const { name } = writing.change.secret;
    try {
      await rotateAndWrite(writing.change, tell, () => write(api, namespace, writing));
    } catch (error) {
      const before = `Written before: ${written.join(', ')}. Run the same command again: it goes on where this one stopped.`;
      throw new Refused([(error as Error).message, ...(written.length > 0 ? [before] : [])]);
    }
    written.push(name);
    print(`Secret ${name}: written`);
  }
}

function notesOn(
  { workloads }: Bundle,
  changes: readonly Change[],
  generated: readonly Given[],
  started: ReadonlySet<string>,
  at: Date,
): string[] {
  return changes.flatMap((change) => {
    const { secret, values } = change;
    if (secret.type !== 'kubernetes.io/tls') return facesStart(change, started);
    const hosts = hostsOf(workloads, secret.name);
    if (generated.some((one) => one.secret === secret.name)) {
      return [`${secret.name}: the certificate for ${hosts.join(', ')} signs itself: browsers will warn of it`];
    }
    return judgeValues(secret, values, hosts, at).notes;
  });
}

const named = (changes: readonly Change[], keysOf: (change: Change) => readonly string[]): string[] =>
  changes.flatMap((change) => keysOf(change).map((key) => `${change.secret.name}/${key}`));
