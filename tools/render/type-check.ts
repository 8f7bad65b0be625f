import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { Refused } from '../parse/parse';

/** Bytes of the compiler's lines: thousands of faults, where the default would fail at a few hundred. */
const MOST_OUTPUT = 2 ** 26;

/**
 * Type checks a project with the native compiler, in a process of its own, so that it runs while charts load.
 * swc strips types without reading them, and cdk8s drops a misspelt or mistyped field without a word.
 * @param project path of the tsconfig; its `files` say what is checked.
 * @throws Refused with the compiler's lines: file, line, what is wrong.
 */
export async function checkTypes(project: string): Promise<void> {
  if (alreadyChecking()) return;
  const compiler = join(dirname(require.resolve('typescript7/package.json')), 'bin', 'tsc');
  const root = dirname(project);
  await new Promise<void>((resolve, reject) => {
    execFile(
      process.execPath,
      // One checker: several instantiate the same types again, and compete with the charts for the same cores.
      [compiler, '--noEmit', '--pretty', 'false', '--checkers', '1', '-p', project],
      { cwd: root, maxBuffer: MOST_OUTPUT },
      (error, stdout, stderr) => {
        if (!error) return resolve();
        const lines = `${stdout}${stderr}`.trim().split('\n');
        reject(typeof error.code === 'number' ? new Refused(lines) : error);
      },
    );
  });
}

/** Where ts-node leaves itself (its REGISTER_INSTANCE). Importing it would cost every synth a compiler's types. */
const TS_NODE = Symbol.for('ts-node.register.instance');

/** Whether the ts-node that runs this process checks types itself (a tsconfig without swc): twice would be waste. */
function alreadyChecking(): boolean {
  const service = Reflect.get(process, TS_NODE) as { options: { swc?: boolean; transpileOnly?: boolean } } | undefined;
  return service !== undefined && !service.options.swc && !service.options.transpileOnly;
}
