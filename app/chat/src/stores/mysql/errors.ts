import type { QueryError } from 'mysql2';

const DUPLICATE_COLUMN = 1060;
const DUPLICATE_ENTRY = 1062;
const LOCK_WAIT_TIMEOUT = 1205;
const DEADLOCK = 1213;
/** How often a transaction is tried that lost to another one. */
const ATTEMPTS = 4;

const has = (error: unknown, ...numbers: number[]): boolean => numbers.includes((error as QueryError).errno ?? 0);

export const isDuplicate = (error: unknown): boolean => has(error, DUPLICATE_ENTRY);
export const isDuplicateColumn = (error: unknown): boolean => has(error, DUPLICATE_COLUMN);

/** Runs what InnoDB may end in favour of another transaction, and runs it again where it did: nothing of it is stored then. */
export async function retried<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let left = ATTEMPTS - 1; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0 || !has(error, DEADLOCK, LOCK_WAIT_TIMEOUT)) throw error;
    }
  }
}

/** Runs an insert. @returns false where the key is taken. */
export async function inserted(insert: () => Promise<unknown>): Promise<boolean> {
  try {
    await retried(insert);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}
