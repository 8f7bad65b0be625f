import { createInterface } from 'node:readline/promises';
import { UsageError } from './errors';

/** Whether somebody sits at a terminal who can be asked. */
export const isAskable = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true;

/**
 * Asks at the terminal; only `y` and `yes` are consent. The question goes to stderr: stdout may be read by a program.
 * End of input and Ctrl-C are no, and so is what interrupts the command.
 */
export async function confirm(question: string, interrupted?: AbortSignal): Promise<boolean> {
  const asked = createInterface({ input: process.stdin, output: process.stderr });
  const stopped = new AbortController();
  asked.once('SIGINT', () => stopped.abort());
  asked.once('close', () => stopped.abort());
  interrupted?.addEventListener('abort', () => stopped.abort());
  try {
    return isConsent(await asked.question(`${question} [y/N] `, { signal: stopped.signal }));
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
    process.stderr.write('\n');
    return false;
  } finally {
    asked.close();
  }
}

/** Whether an answer means yes. */
export const isConsent = (answer: string): boolean => /^(y|yes)$/i.test(answer.trim());

/**
 * Refuses to do what nobody could be asked about. Called before anything is prepared, so that a pipeline learns it at once.
 * @param what what would be done: `deploy production`.
 * @throws UsageError where there is neither `--yes` nor a terminal.
 */
export function requireConsent({ yes, what }: { readonly yes?: boolean; readonly what: string }): void {
  if (yes || isAskable()) return;
  throw new UsageError([`${what}: there is no terminal to ask at; expected --yes, or --dry-run to look only`]);
}
