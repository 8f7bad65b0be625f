import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { Refusal } from '../refusal';

/** argon2id as OWASP's Password Storage Cheat Sheet asks for: 19 MiB, two passes, one lane. */
const ARGON2ID = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Hashes at a time: each takes a core and its memory. */
const AT_ONCE = 2;
/** Callers who may wait for their turn. */
const WAITING = 64;

/** Hashing with a bound, so that a crowd at the door costs neither the memory nor the time of those inside. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** An unknown account has no hash; it takes as long all the same, so that nobody learns which names exist. */
  matches(hash: string | undefined, password: string): Promise<boolean>;
}

export function createPasswords(): Passwords {
  const limit = pLimit(AT_ONCE);
  const dummy = hash(randomBytes(16).toString('hex'), ARGON2ID);
  // A failure shows where it is used.
  dummy.catch(() => {});
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (limit.pendingCount >= WAITING) {
      throw new Refusal('unavailable', 'Many people are logging in at this moment. Try again in a few seconds.', 3_000);
    }
    return limit(work);
  };
  return {
    hash: async (password) => inTurn(() => hash(password, ARGON2ID)),
    matches: async (stored, password) => {
      const against = stored ?? (await dummy);
      const equal = await inTurn(() => verify(against, password));
      return equal && stored !== undefined;
    },
  };
}
