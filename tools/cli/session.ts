import { join, relative } from 'node:path';
import type { Session } from '../deploy/carry';
import { environmentFolders, ROOT } from './environments';
import type { ClusterOptions } from './target';

const DIST = join(ROOT, 'dist');
/** Where failures are explained, below the working directory. */
const DIAGNOSTICS = 'diagnostics';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Names of the environments of dist/. */
export const environmentNames = (): string[] => environmentFolders().map((folder) => relative(DIST, folder));

/** An environment of dist/ by its name. @throws Refused where there is none. */
export function bundleOf(environment: string) {
  const { openBundle }: typeof import('../deploy/bundle') = require('../deploy/bundle');
  return openBundle(DIST, environment, environmentNames());
}

/** Lines for people: on stdout, unless that is for JSON. */
export const printer =
  ({ json }: ClusterOptions) =>
  (line: string): void =>
    void (json ? process.stderr : process.stdout).write(`${line}\n`);

/**
 * Lets a command work on an environment's cluster: one client, closed at the end, and signals that interrupt once.
 * A second SIGINT, which a person sends, ends the process as it stands; the next deploy takes back what was left. Further
 * SIGTERM and SIGHUP change nothing: Jenkins sends one for each ancestor of a process that it ends (hudson.util.ProcessTree).
 */
export async function inSession<Result>(
  environment: string,
  options: ClusterOptions,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const { Api }: typeof import('../deploy/api/client') = require('../deploy/api/client');
  const { releaser }: typeof import('../deploy/preflight/releaser') = require('../deploy/preflight/releaser');
  const bundle = bundleOf(environment);
  const interrupted = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => {
    if (interrupted.signal.aborted && signal !== 'SIGINT') return;
    if (interrupted.signal.aborted) {
      process.stderr.write(
        `${signal} again: ending as it stands. Run slipway deploy ${environment} to put it right.\n`,
      );
      process.exit(BROKEN);
    }
    process.stderr.write(`${signal}: stopping, and putting everything back\n`);
    interrupted.abort(signal);
  };
  const api = await Api.open(options);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work({
      api,
      bundle,
      named: { target: options, namespace: bundle.namespace, name: environment },
      by: await releaser(api),
      print: printer(options),
      interrupted: interrupted.signal,
      diagnostics: DIAGNOSTICS,
    });
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
    api.close();
  }
}

/** Exit code: it failed, and what ran before could not be put back. */
export const BROKEN = 3;
