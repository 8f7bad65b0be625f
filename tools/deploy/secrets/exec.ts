import type { Rotation } from '../../render/inventory';
import { startGuarded } from '../guarded';
import { kubectlWords, type Target } from '../target';

/**
 * Has a running pod change a value of its own.
 * @param input the new value and the present one, a line each; a process's input is in no list of processes.
 * @returns why it did not; undefined where it did.
 */
export type Tell = (rotation: Rotation, input: readonly [next: string, before: string]) => Promise<string | undefined>;

/** Milliseconds after which a change counts as failed: it is one statement. */
const PATIENCE = 60_000;

/** By `kubectl exec`, whose right (`pods/exec`) the deployer does not have. */
export const execIn =
  (target: Target, namespace: string): Tell =>
  async ({ pod, container, command }, input) => {
    const words = [...kubectlWords(target), '--namespace', namespace, 'exec', '--stdin', pod, '--container', container];
    const ended = await startGuarded('kubectl', [...words, '--', ...command], {
      stdin: 'pipe',
      input: `${input.join('\n')}\n`,
      timeout: PATIENCE,
    });
    if (!ended.failed) return undefined;
    if (ended.timedOut) return `no answer within ${PATIENCE / 1_000} s`;
    return withoutValues(ended.stderr?.trim() || `kubectl ended with code ${ended.exitCode}`, input);
  };

/** What a program said, on one line, and none of the values in it. */
export const withoutValues = (text: string, values: readonly string[]): string =>
  values
    .reduce((said, value) => said.replaceAll(value, '…'), text)
    .split('\n')
    .filter((line) => !line.startsWith('command terminated'))
    .join('; ');
