import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { columns } from '../../manifests/columns';
import type { Manifest } from '../../render/order';
import type { Api } from '../api/client';
import type { Bundle } from '../bundle';
import { startGuarded } from '../guarded';
import { kubectlWords, type Target } from '../target';
import type { Baseline } from './baseline';
import { readEvents, showEvent, timeOf } from './events';
import { contractRedactor, type Redactor, redactor } from './redact';
import { containersSeen, isReadyPod, type LivePod, readScene, restartsOf, type Seen, staying } from './scene';
import { showState } from './workloads';

/** Milliseconds that one question may take: whatever failed, what ran before is to run again soon. */
const PATIENCE = 5000;
/** Pods that are looked at; more of them say the same again. */
const MOST = 8;
/** Lines of each log. */
const LINES = 200;

export interface DiagnosticsOptions {
  readonly api: Api;
  readonly target: Target;
  readonly bundle: Bundle;
  readonly objects: readonly Manifest[];
  readonly before: Baseline;
  /** Made if it is not there, for this user alone. */
  readonly folder: string;
  /** Why the release failed. */
  readonly reason: string;
}

/**
 * Writes down what explains a failed release, without what is secret: events, workloads, what kubectl describes of
 * failing pods, their last lines. Never throws: what could not be had is a sentence in its file.
 * @returns files that were written.
 */
export async function collectDiagnostics(options: DiagnosticsOptions): Promise<readonly string[]> {
  const { api, bundle, folder, objects, reason } = options;
  const { namespace } = bundle;
  const [redact, scene, events] = await Promise.all([
    within(contractRedactor(api, bundle)).catch((error: Error) => error),
    within(readScene(api, namespace, objects)).catch((error: Error) => error),
    within(readEvents(api, namespace)).catch((error: Error) => error),
  ]);
  const failing = scene instanceof Error ? [] : failingOf(scene, options.before);
  const texts = await Promise.all([
    piece('reason.txt', () => `${bundle.environment}: ${reason}`, OURS),
    piece('events.txt', () => eventsText(known(events))),
    piece('workloads.txt', () => workloadsText(known(scene)), OURS),
    piece('describe.txt', () => within(describe(options, failing))),
    ...failing.flatMap((pod) => logsOf(api, namespace, pod)),
  ]);
  try {
    for (const path of [folder, join(folder, 'logs')]) {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      chmodSync(path, 0o700);
    }
    return texts.map((text) => {
      const file = join(folder, text.name);
      writeFileSync(file, `${redacted(text, redact)}\n`, { mode: 0o600 });
      return file;
    });
  } catch {
    // A folder that cannot be written must not keep anybody from putting things back.
    return [];
  }
}

interface Piece {
  readonly name: string;
  readonly text: string;
  /** Whether no program of a pod wrote any of it, so that no value of a Secret is to be expected. */
  readonly isOurs: boolean;
}

const OURS = true;

async function piece(name: string, collect: () => string | Promise<string>, isOurs = false): Promise<Piece> {
  try {
    return { name, isOurs, text: await collect() };
  } catch (error) {
    return { name, isOurs: OURS, text: `not collected: ${(error as Error).message}` };
  }
}

function known<Value>(value: Value | Error): Value {
  if (value instanceof Error) throw value;
  return value;
}

function redacted({ text, isOurs }: Piece, redact: Redactor | Error): string {
  if (!(redact instanceof Error)) return redact(text);
  return isOurs ? redactor([])(text) : `withheld, because nobody could tell what in it is secret: ${redact.message}`;
}

async function within<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE / 1000} s`)), PATIENCE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Pods that are not ready or were started again since, those of the newest revision first. */
export function failingOf(scene: readonly Seen[], before: Pick<Baseline, 'pods'>): LivePod[] {
  const isFailing = (pod: LivePod): boolean =>
    restartsOf(pod) > (before.pods.get(pod.metadata.uid) ?? 0) || !isReadyPod(pod);
  const pods = [...scene.flatMap(({ newest }) => newest), ...scene.flatMap(({ pods }) => pods)];
  return [...new Set(staying(pods))].filter(isFailing).slice(0, MOST);
}

const eventsText = (events: Awaited<ReturnType<typeof readEvents>>): string =>
  columns(
    events.map((event) => {
      const { kind = '', name = '' } = event.involvedObject;
      return [timeOf(event), event.type ?? '', `${kind} ${name}`, showEvent(event)];
    }),
  ).join('\n') || 'none';

const workloadsText = (scene: readonly Seen[]): string =>
  scene
    .flatMap(({ state, pods }) => [
      `${state.kind} ${state.name}: ${showState(state)}, ${state.available} available${state.observed ? '' : '; its controller has not seen the newest generation'}`,
      ...columns(pods.map(podRow), '  '),
    ])
    .join('\n') || 'none';

function podRow(pod: LivePod): string[] {
  const { metadata, spec, status } = pod;
  const phase = metadata.deletionTimestamp === undefined ? (status?.phase ?? 'unknown') : 'going';
  const containers = containersSeen(pod).map(({ name, image, state }) => {
    const is = state?.waiting?.reason ?? (state?.terminated ? `ended with ${state.terminated.exitCode}` : 'running');
    return `${name}: ${is}, ${image}`;
  });
  return [metadata.name, phase, `${restartsOf(pod)} restarts`, spec?.nodeName ?? 'on no node', containers.join('; ')];
}

/** What kubectl tells of all failing pods, by one process. */
async function describe({ target, bundle }: DiagnosticsOptions, pods: readonly LivePod[]): Promise<string> {
  if (pods.length === 0) return 'no pod is failing';
  const names = pods.map(({ metadata }) => metadata.name);
  const words = [...kubectlWords(target), '--namespace', bundle.namespace, 'describe', 'pod', ...names];
  const { all = '' } = await startGuarded('kubectl', words, { all: true, timeout: PATIENCE });
  if (all === '') throw new Error('kubectl said nothing');
  return all;
}

function logsOf(api: Api, namespace: string, pod: LivePod): Promise<Piece>[] {
  const path = `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}/log`;
  return containersSeen(pod).flatMap(({ name: container, restartCount }) =>
    (restartCount > 0 ? [false, true] : [false]).map((previous) =>
      piece(`logs/${pod.metadata.name}-${container}${previous ? '-previous' : ''}.log`, () =>
        within(readLog(api, path, { container, previous, tailLines: String(LINES) })),
      ),
    ),
  );
}

async function readLog(api: Api, path: string, query: Readonly<Record<string, string | boolean>>): Promise<string> {
  const answer: unknown = await api.get<unknown>(path, query);
  // A program whose log is JSON is taken at its word by the client.
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}
