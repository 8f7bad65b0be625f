import type { Account } from '../../events';
import { newEpoch } from '../../fanout/log';
import {
  type Accounts,
  type AccountWithHash,
  directId,
  keyOf,
  type Rooms,
  type Store,
  type StoredRoom,
} from '../store';
import type { RedisClient, RedisConnection } from './connection';
import { headOf, RedisLog } from './log';
import { listNames, nameIndex } from './name-index';

/** Everything in Redis: as durable as its append-only file. */
export function createRedisStore({ commands, check }: RedisConnection, historyLength: number): Store {
  const log = new RedisLog(commands, historyLength);
  return {
    name: 'redis',
    log,
    accounts: createAccounts(commands),
    rooms: createRooms(commands, log),
    check,
    close: async () => {},
  };
}

const accountOf = (id: string): string => `chat:account:${id}`;
const roomOf = (id: string): string => `chat:room:${id}`;
/** Accounts of a room with the newest number that each has read as its score. */
const membersOf = (room: string): string => `chat:members:${room}`;
const roomsOf = (account: string): string => `chat:rooms-of:${account}`;
const ACCOUNTS = nameIndex('account');
const ROOMS = nameIndex('room');

function createAccounts(redis: RedisClient): Accounts {
  const read = async (id: string): Promise<AccountWithHash | undefined> => parse(await redis.get(accountOf(id)));
  return {
    create: async (account) => {
      // The account first: a name that leads nowhere could never be used again.
      await redis.set(accountOf(account.id), JSON.stringify(account));
      if (await redis.hSetNX(ACCOUNTS.byName, keyOf(account.name), account.id)) {
        await redis.zAdd(ACCOUNTS.sorted, ACCOUNTS.entry(keyOf(account.name), account.id));
        return true;
      }
      await redis.del(accountOf(account.id));
      return false;
    },
    findByName: async (name) => {
      const id = await redis.hGet(ACCOUNTS.byName, keyOf(name));
      return id === null ? undefined : read(id);
    },
    find: async (id) => withoutHash(await read(id)),
    list: async (after, limit) => {
      const found = await Promise.all((await listNames(redis, ACCOUNTS, after, limit)).map(read));
      return found.map(withoutHash).filter((account) => account !== undefined);
    },
  };
}

function createRooms(redis: RedisClient, log: RedisLog): Rooms {
  const read = async (id: string): Promise<StoredRoom | undefined> => parse(await redis.get(roomOf(id)));
  const join = async (room: string, account: string): Promise<void> => {
    await Promise.all([
      redis.zAdd(membersOf(room), { score: 0, value: account }, { condition: 'NX' }),
      redis.sAdd(roomsOf(account), room),
    ]);
  };
  const find: Rooms['find'] = async (id, account) => {
    const [room, score, [head]] = await Promise.all([read(id), redis.zScore(membersOf(id), account), log.heads([id])]);
    return room && head && score !== null ? { room, head, read: score } : undefined;
  };

  return {
    createPublic: async (id, name) => {
      const room: StoredRoom = { id, kind: 'public', name };
      if ((await redis.set(roomOf(id), JSON.stringify(room), { condition: 'NX' })) === null) return false;
      if (await redis.hSetNX(ROOMS.byName, keyOf(name), id)) {
        await redis.hSetNX(headOf(id), 'epoch', newEpoch());
        await redis.zAdd(ROOMS.sorted, ROOMS.entry(keyOf(name), id));
        return true;
      }
      await redis.del(roomOf(id));
      return false;
    },
    openDirect: async (first, second) => {
      const id = directId(first.id, second.id);
      const room: StoredRoom = { id, kind: 'direct', members: [withoutMore(first), withoutMore(second)] };
      await Promise.all([
        redis.set(roomOf(id), JSON.stringify(room), { condition: 'NX' }),
        redis.hSetNX(headOf(id), 'epoch', newEpoch()),
        join(id, first.id),
        join(id, second.id),
      ]);
      return (await read(id)) ?? room;
    },
    findByName: async (name) => {
      const id = await redis.hGet(ROOMS.byName, keyOf(name));
      return id === null ? undefined : read(id);
    },
    listPublic: async (account, after, limit) => {
      const ids = await listNames(redis, ROOMS, after, limit);
      const rooms = await Promise.all(ids.map((id) => Promise.all([read(id), redis.zScore(membersOf(id), account)])));
      return rooms.flatMap(([room, score]) =>
        room?.kind === 'public' ? { id: room.id, name: room.name, member: score !== null } : [],
      );
    },
    join,
    isMember: async (room, account) => (await redis.zScore(membersOf(room), account)) !== null,
    find,
    of: async (account) => {
      const ids = await redis.sMembers(roomsOf(account));
      return (await Promise.all(ids.map((id) => find(id, account)))).filter((one) => one !== undefined);
    },
    markRead: async (room, account, seq) => {
      // XX: only who is a member. GT: never back.
      await redis.zAdd(membersOf(room), { score: seq, value: account }, { condition: 'XX', comparison: 'GT' });
    },
  };
}

const parse = (text: string | null) => (text === null ? undefined : JSON.parse(text));

const withoutMore = ({ id, name }: Account): Account => ({ id, name });

const withoutHash = (account: AccountWithHash | undefined): Account | undefined => account && withoutMore(account);
