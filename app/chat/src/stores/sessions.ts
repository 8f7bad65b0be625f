import { createHmac, randomBytes } from 'node:crypto';
import type { Account } from '../events';
import type { RedisClient } from './redis/connection';

/** What a session's key stands for. */
export interface Session {
  /** Under this name the session is stored and told of; it does not open it. */
  readonly key: string;
  readonly account: Account;
}

/** Logins, shared by all pods. The id that a browser keeps opens a session; only a hash of it is stored. */
export interface Sessions {
  /** @returns the id for the browser's cookie: 256 random bits. */
  create(account: Account): Promise<string>;
  /** The session that an id opens, and another full lifetime for it. */
  find(id: string): Promise<Session | undefined>;
  end(key: string): Promise<void>;
  /** Which of the keys still stand for a session. Each gets another full lifetime: it is in use. */
  living(keys: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Where sessions lie until their time is over. */
export interface SessionShelf {
  put(key: string, account: string, seconds: number): Promise<void>;
  /** Gives it so many seconds more. */
  touch(key: string, seconds: number): Promise<string | undefined>;
  remove(key: string): Promise<void>;
}

/**
 * @param secrets keys of the hash that stands for an id, the current one first. Whoever reads the store cannot log in with what is there, and
 * a second key keeps older sessions alive while the first one is replaced.
 * @param seconds how long a session lives after its last use.
 */
export function createSessions(
  shelf: SessionShelf,
  secrets: readonly [string, ...string[]],
  seconds: number,
): Sessions {
  const keyOf = (secret: string, id: string): string => createHmac('sha256', secret).update(id).digest('hex');
  return {
    create: async ({ id, name }) => {
      const session = randomBytes(32).toString('base64url');
      await shelf.put(keyOf(secrets[0], session), JSON.stringify({ id, name }), seconds);
      return session;
    },
    find: async (id) => {
      for (const secret of secrets) {
        const key = keyOf(secret, id);
        const account = await shelf.touch(key, seconds);
        if (account !== undefined) return { key, account: JSON.parse(account) };
      }
      return undefined;
    },
    end: (key) => shelf.remove(key),
    living: async (keys) => {
      const alive = await Promise.all(keys.map((key) => shelf.touch(key, seconds)));
      return new Set(keys.filter((_, at) => alive[at] !== undefined));
    },
  };
}

export const redisShelf = (redis: RedisClient): SessionShelf => ({
  put: async (key, account, seconds) =>
    void (await redis.set(sessionOf(key), account, { expiration: { type: 'EX', value: seconds } })),
  touch: async (key, seconds) => (await redis.getEx(sessionOf(key), { type: 'EX', value: seconds })) ?? undefined,
  remove: async (key) => void (await redis.del(sessionOf(key))),
});

const sessionOf = (key: string): string => `chat:session:${key}`;

export function memoryShelf(now: () => number = Date.now): SessionShelf {
  const sessions = new Map<string, { account: string; until: number }>();
  const find = (key: string) => {
    const session = sessions.get(key);
    if (session && session.until > now()) return session;
    sessions.delete(key);
    return undefined;
  };
  return {
    put: async (key, account, seconds) => void sessions.set(key, { account, until: now() + seconds * 1_000 }),
    touch: async (key, seconds) => {
      const session = find(key);
      if (session) session.until = now() + seconds * 1_000;
      return session?.account;
    },
    remove: async (key) => void sessions.delete(key),
  };
}
