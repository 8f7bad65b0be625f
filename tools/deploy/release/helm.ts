import { Refused } from '../../parse/parse';
import { startGuarded } from '../guarded';
import { helmWords, type Target } from '../target';

/** The release of an environment: its name is the environment's. */
export interface Named {
  readonly target: Target;
  readonly namespace: string;
  readonly name: string;
}

/** Helm while it works. */
export interface Helm {
  /** Settles when Helm has ended, and never throws. */
  readonly ended: Promise<Ended>;
  /** Asks it to stop: it marks its release as failed and ends. `SIGKILL` leaves the release pending. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): void;
}

export interface Ended {
  readonly ok: boolean;
  /** What it said last, where it failed. */
  readonly reason: string;
}

/** Revisions that the cluster remembers; older ones go. Helm never drops the one that runs. */
const REMEMBERED = 30;
/** Milliseconds that it gets to write down that it was stopped, if the cluster answers at all. */
const LAST_WORDS = 10_000;
const SERVER_SIDE = ['--server-side=true', '--wait', '--history-max', String(REMEMBERED)];

/**
 * Installs or upgrades a release from a chart, and waits until everything is ready. It restores nothing: what to go
 * back to, and when, is decided in one place, `restore.ts`.
 * @param timeout seconds for everything together.
 * @param adopt takes objects and fields that others made.
 */
export const upgrade = (
  named: Named,
  { chart, timeout, adopt }: { chart: string; timeout: number; adopt: boolean },
): Helm =>
  start(named, [
    ...['upgrade', '--install', named.name, chart, ...SERVER_SIDE, '--timeout', `${timeout}s`],
    // The API server validated every object strictly, in the live diff.
    ...['--hide-notes', '--disable-openapi-validation'],
    ...(adopt ? ['--take-ownership', '--force-conflicts'] : []),
  ]);

/**
 * Goes back to a revision: always a named one, because without a number Helm takes the one before, good or not.
 * Fields that others changed meanwhile are taken back too.
 */
export const rollback = (named: Named, revision: number, timeout: number): Helm =>
  start(named, [
    ...['rollback', named.name, String(revision), ...SERVER_SIDE, '--timeout', `${timeout}s`],
    '--force-conflicts',
  ]);

/** Removes what a release made, and keeps its history. What carries Helm's keep policy stays, and so do claims. */
export const uninstall = (named: Named, timeout: number, description: string): Helm =>
  start(named, [
    ...['uninstall', named.name, '--keep-history', '--wait', '--timeout', `${timeout}s`],
    ...['--description', description],
  ]);

function start({ target, namespace }: Named, words: readonly string[]): Helm {
  const child = startGuarded('helm', [...words, '--namespace', namespace, ...helmWords(target)], {
    env: helmEnvironment(process.env),
    extendEnv: false,
  });
  const ended = Promise.resolve(child).then(({ exitCode, stderr, ...result }): Ended => {
    if ((result as { code?: string }).code === 'ENOENT')
      throw new Refused(['helm: not found; expected Helm 4 in the PATH']);
    return { ok: exitCode === 0, reason: lastWords(stderr) || `helm ended with code ${exitCode}` };
  });
  return { ended, stop: (signal) => void child.kill(signal, { forceKillAfterTimeout: LAST_WORDS }) };
}

/** Without what would send Helm elsewhere: `HELM_KUBEAPISERVER`, `HELM_DRIVER` and the like stand above flags that are missing. */
export const helmEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !/^HELM_/.test(name) || /^HELM_\w+_HOME$/.test(name)));

/** Helm's error, without its log lines and its prefix. */
export function lastWords(stderr: string): string {
  const lines = stderr.trim().split('\n');
  const from = lines.findLastIndex((line) => /^Error: /.test(line));
  return (from < 0 ? lines.slice(-1) : lines.slice(from))
    .join('\n')
    .replace(/^Error: /, '')
    .trim();
}
