import { spawn } from 'node:child_process';
import execa, { type ExecaChildProcess, type Options } from 'execa';

/**
 * Starts a program that ends with this process, however this process ends, and that a Ctrl-C of the terminal does not
 * reach: whoever runs it decides when it stops. SIGKILL leaves no time for a last word, so a shell holds the other end
 * of a pipe, and kills the program when that closes.
 */
export function startGuarded(file: string, words: readonly string[], options: Options = {}): ExecaChildProcess {
  const child = execa(file, words, { stdin: 'ignore', reject: false, ...options, detached: true });
  if (child.pid === undefined) return child;
  const guard = spawn('sh', ['-c', 'cat >/dev/null; kill -KILL "$1" 2>/dev/null', 'guard', String(child.pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  // Whoever dies first closes the pipe; that the other end is gone by then is no fault.
  guard.stdin.on('error', () => undefined);
  (guard.stdin as unknown as { unref(): void }).unref();
  child.once('exit', () => guard.kill('SIGKILL'));
  return child;
}
