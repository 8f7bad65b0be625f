import { Refused } from '../../parse/parse';
import { Unreachable } from '../api/error';
import type { Tell } from './exec';
import type { Change } from './plan';

/**
 * Changes values in the pods that hold them, then writes their Secret; or leaves everything as it was.
 * Repeating it with the same value is harmless, which is the way out wherever somebody was broken off.
 * @throws Refused with what failed, and what is as it was.
 */
export async function rotateAndWrite(change: Change, tell: Tell, write: () => Promise<unknown>): Promise<void> {
  const { name, rotations = {} } = change.secret;
  const told: string[] = [];
  const send = async (key: string, from: Values, to: Values) => {
    const rotation = rotations[key];
    if (rotation) return tell(rotation, [String(to.get(key)), String(from.get(key))]);
  };
  const before = change.present.values;
  /** Backwards, because a later one may have been the password with which an earlier one is changed. */
  const undo = async (): Promise<string> => {
    const failures: string[] = [];
    for (const key of told.toReversed()) {
      const reason = await send(key, change.values, before);
      if (reason !== undefined) failures.push(`${name}/${key}: could not be changed back (${reason})`);
    }
    if (failures.length === 0) return 'Everything is as it was.';
    return [
      ...failures,
      `The Secret has the values from before. Run the same command again with the same values: it finishes what it began.`,
    ].join('\n');
  };

  for (const key of change.rotated) {
    // Before it is known how it ends: an answer may get lost after the change.
    told.push(key);
    const reason = await send(key, before, change.values);
    if (reason === undefined) continue;
    const pod = rotations[key]?.pod;
    throw new Refused([`${name}/${key}: ${pod} did not change it: ${reason}`, await undo()]);
  }
  try {
    await write();
  } catch (error) {
    const { message } = error as Error;
    const again = 'Run the same command again with the same values: it finishes what it began.';
    if (told.length === 0) throw new Refused([`Secret ${name}: ${message}`]);
    // Changing back what was written after all would part the two.
    if (error instanceof Unreachable) {
      const keys = told.map((key) => `${name}/${key}`).join(' and ');
      throw new Refused([`${message}. ${keys} changed, and whether Secret ${name} was written is not known. ${again}`]);
    }
    throw new Refused([`Secret ${name}: was not written: ${message}`, await undo()]);
  }
}

type Values = Change['values'];
