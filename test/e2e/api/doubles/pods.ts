import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Double of what runs in pods: kwok runs nothing, but answers for its kubelets who asks for logs or for exec. */
export interface Pods {
  /** What every container has said, from now on: lines. The container before a restart said `ended` and these. */
  say(lines: readonly string[]): void;
  /**
   * What `sh` in a pod does, from now on: a script that gets the words after `sh` as its arguments, and stdin, whose
   * end kwok does not pass on: read lines. Default: it ends with code 1.
   */
  run(script: string): void;
  /** kwok's configuration of both. */
  readonly file: string;
  /** kwok's PATH: it runs locally what is run in a pod. */
  readonly path: string;
}

export function preparePods(folder: string): Pods {
  const programs = join(folder, 'pods');
  mkdirSync(programs);
  const logs = join(folder, 'pods.log');
  const previous = join(folder, 'pods-previous.log');
  const file = join(folder, 'pods.yaml');
  const say = (lines: readonly string[]) => {
    write(logs, lines);
    write(previous, ['ended', ...lines]);
  };
  const run = (script: string) => writeFileSync(join(programs, 'sh'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  say(['started']);
  run('echo "kwok runs nothing" >&2; exit 1');
  writeFileSync(
    file,
    [
      { kind: 'ClusterLogs', spec: { logs: [{ logsFile: logs, previousLogsFile: previous }] } },
      { kind: 'ClusterExec', spec: { execs: [{ local: { workDir: folder } }] } },
    ]
      .map((one) => JSON.stringify({ apiVersion: 'kwok.x-k8s.io/v1alpha1', metadata: { name: 'all' }, ...one }))
      .join('\n---\n'),
  );
  return { say, run, file, path: [programs, process.env.PATH].join(delimiter) };
}

/** As a container runtime writes them. */
const write = (file: string, lines: readonly string[]): void =>
  writeFileSync(file, lines.map((line) => `${new Date().toISOString()} stdout F ${line}\n`).join(''));
