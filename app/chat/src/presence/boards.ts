import type { Account } from '../events';
import type { Bus } from '../fanout/log';
import type { RedisClient } from '../stores/redis/connection';
import { BOARD_LIFE, type Board } from './presence';

/** Names of the pods that have written a set. */
const PODS = 'chat:presence-pods';
const CHANGES = 'chat:presence';
const setOf = (pod: string): string => `chat:presence:${pod}`;
const encode = ({ id, name }: Account): string => JSON.stringify({ id, name });

/** A set for each pod that expires with it. */
export function redisBoard(redis: RedisClient, bus: Bus, pod: string): Board {
  const enter = (transaction: ReturnType<RedisClient['multi']>, members: string[]) =>
    transaction.sAdd(setOf(pod), members).pExpire(setOf(pod), BOARD_LIFE).sAdd(PODS, pod);
  return {
    add: async (account) => {
      await enter(redis.multi(), [encode(account)]).exec();
      await bus.publish(CHANGES, pod);
    },
    remove: async (account) => {
      await redis.sRem(setOf(pod), encode(account));
      await bus.publish(CHANGES, pod);
    },
    beat: async (accounts) => {
      // As a whole: whoever could not be removed must not stay.
      const anew = redis.multi().del(setOf(pod));
      await (accounts.length > 0 ? enter(anew, accounts.map(encode)) : anew).exec();
    },
    read: async () => {
      const pods = await redis.sMembers(PODS);
      const sets = await Promise.all(pods.map((name) => redis.sMembers(setOf(name))));
      const gone = pods.filter((name, at) => sets[at]?.length === 0 && name !== pod);
      if (gone.length > 0) await redis.sRem(PODS, gone);
      return sets.flat().map((text) => JSON.parse(text));
    },
    onChange: (listener) => bus.subscribe(CHANGES, listener),
  };
}

export function memoryBoard(): Board {
  const here = new Map<string, Account>();
  let tell = () => {};
  return {
    add: async (account) => {
      here.set(account.id, account);
      tell();
    },
    remove: async (account) => {
      here.delete(account.id);
      tell();
    },
    beat: async () => {},
    read: async () => [...here.values()],
    onChange: async (listener) => {
      tell = listener;
    },
  };
}
