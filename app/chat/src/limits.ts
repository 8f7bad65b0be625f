import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Allowance } from './fanout/log';
import { Refusal } from './refusal';
import type { RedisClient } from './stores/redis/connection';

/** What is limited: so many times in so many seconds, and what a person is told who does more. */
interface Limit {
  readonly points: number;
  readonly seconds: number;
  readonly told: string;
}

const LIMITS = {
  /** By address and name: guessing one password. */
  login: { points: 10, seconds: 300, told: 'Too many attempts to log in.' },
  /** By address: guessing many. */
  address: { points: 100, seconds: 300, told: 'Too many attempts from this network.' },
  register: { points: 20, seconds: 3_600, told: 'Too many new accounts from this network.' },
  room: { points: 20, seconds: 600, told: 'You made many rooms in a short time.' },
  request: { points: 300, seconds: 60, told: 'You ask too often.' },
} satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS | 'message';

/** Counts over all pods. */
export interface Limits {
  /** @throws Refusal `too-many`, with the time to wait. */
  spend(limit: LimitName, who: string): Promise<void>;
  /** The limit `message`, for a log that counts while it stores. */
  readonly messages: Allowance;
  /** What somebody is told who has to wait so many milliseconds. */
  refusal(limit: LimitName, waitMs: number): Refusal;
}

export interface LimitOptions {
  /** Messages that a person may send in ten seconds. */
  readonly messages: number;
  /** Factor on the limits by network address, for many people behind one. */
  readonly addressFactor: number;
}

/** @param redis where the counts lie; without it they are this process's own. */
export function createLimits({ messages, addressFactor }: LimitOptions, redis?: RedisClient): Limits {
  const table: Record<LimitName, Limit> = {
    ...LIMITS,
    address: { ...LIMITS.address, points: LIMITS.address.points * addressFactor },
    register: { ...LIMITS.register, points: LIMITS.register.points * addressFactor },
    message: { points: messages, seconds: 10, told: 'You are sending too fast.' },
  };
  const limiters = new Map(
    Object.entries(table).map(([name, { points, seconds }]) => {
      // Whoever is over the limit costs Redis nothing more.
      const options = { keyPrefix: `chat:limit:${name}`, points, duration: seconds, inMemoryBlockOnConsumed: points };
      return [
        name,
        redis
          ? new RateLimiterRedis({ ...options, storeClient: redis, useRedisPackage: true })
          : new RateLimiterMemory(options),
      ];
    }),
  );
  const refusal = (limit: LimitName, waitMs: number): Refusal => {
    const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
    return new Refusal('too-many', `${table[limit].told} Try again in ${inWords(seconds)}.`, seconds * 1_000);
  };
  return {
    messages: { messages: table.message.points, seconds: table.message.seconds },
    refusal,
    spend: async (limit, who) => {
      try {
        await limiters.get(limit)?.consume(who);
      } catch (refused) {
        throw refused instanceof RateLimiterRes ? refusal(limit, refused.msBeforeNext) : refused;
      }
    },
  };
}

const inWords = (seconds: number): string =>
  seconds < 90 ? `${seconds} ${seconds === 1 ? 'second' : 'seconds'}` : `${Math.ceil(seconds / 60)} minutes`;
