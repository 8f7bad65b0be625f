import type { RedisClient } from './connection';

/** Names of one kind: a hash that makes them unique, and a sorted set that lists them. */
export interface NameIndex {
  readonly byName: string;
  readonly sorted: string;
  entry(key: string, id: string): { score: number; value: string };
}

export const nameIndex = (kind: string): NameIndex => ({
  byName: `chat:${kind}-names`,
  sorted: `chat:${kind}-index`,
  entry: (key, id) => ({ score: 0, value: `${key}\0${id}` }),
});

/** Ids by name, after one of them. No name holds a control character, so that `\x01` stands behind all entries of a name. */
export async function listNames(redis: RedisClient, index: NameIndex, after: string, limit: number): Promise<string[]> {
  const entries = await redis.zRange(index.sorted, `(${after}\x01`, '+', {
    BY: 'LEX',
    LIMIT: { offset: 0, count: limit },
  });
  return entries.map((entry) => entry.slice(entry.indexOf('\0') + 1));
}
