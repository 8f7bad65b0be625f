import type { Account } from '../../events';
import type { Bus } from '../../fanout/log';
import { type AccountWithHash, directId, keyOf, type Membership, type Store, type StoredRoom } from '../store';
import { MemoryLog } from './log';

/** A store in the process: enough for one of them, gone when it ends. */
export function createMemoryStore(bus: Bus, historyLength: number): Store {
  const log = new MemoryLog(bus, historyLength);
  const accounts = new Map<string, AccountWithHash>();
  const accountNames = new Map<string, string>();
  const rooms = new Map<string, StoredRoom>();
  const roomNames = new Map<string, string>();
  /** Room to account to the newest number that was read. */
  const members = new Map<string, Map<string, number>>();

  const membersOf = (room: string): Map<string, number> => {
    const found = members.get(room) ?? new Map();
    members.set(room, found);
    return found;
  };
  const membership = async (id: string, account: string): Promise<Membership | undefined> => {
    const room = rooms.get(id);
    const read = members.get(id)?.get(account);
    if (room === undefined || read === undefined) return undefined;
    const [head = { seq: 0, epoch: '' }] = await log.heads([id]);
    return { room, read, head };
  };
  const join = (room: string, account: string): void => {
    if (!membersOf(room).has(account)) membersOf(room).set(account, 0);
  };

  return {
    name: 'memory',
    log,
    check: async () => {},
    close: async () => {},
    accounts: {
      create: async (account) => {
        if (accountNames.has(keyOf(account.name))) return false;
        accountNames.set(keyOf(account.name), account.id);
        accounts.set(account.id, account);
        return true;
      },
      findByName: async (name) => accounts.get(accountNames.get(keyOf(name)) ?? ''),
      find: async (id) => withoutHash(accounts.get(id)),
      list: async (after, limit) =>
        page(accountNames, after, limit).flatMap(([, id]) => withoutHash(accounts.get(id)) ?? []),
    },
    rooms: {
      createPublic: async (id, name) => {
        if (roomNames.has(keyOf(name)) || rooms.has(id)) return false;
        roomNames.set(keyOf(name), id);
        rooms.set(id, { id, kind: 'public', name });
        return true;
      },
      openDirect: async (first, second) => {
        const id = directId(first.id, second.id);
        const members = [withoutMore(first), withoutMore(second)] as const;
        const room = rooms.get(id) ?? { id, kind: 'direct' as const, members };
        rooms.set(id, room);
        for (const { id: account } of [first, second]) join(id, account);
        return room;
      },
      findByName: async (name) => rooms.get(roomNames.get(keyOf(name)) ?? ''),
      listPublic: async (account, after, limit) =>
        page(roomNames, after, limit).flatMap(([, id]) => {
          const room = rooms.get(id);
          return room?.kind === 'public' ? { id, name: room.name, member: membersOf(id).has(account) } : [];
        }),
      join: async (room, account) => join(room, account),
      isMember: async (room, account) => members.get(room)?.has(account) ?? false,
      find: membership,
      of: async (account) => {
        const mine = [...members].filter(([, accounts]) => accounts.has(account)).map(([room]) => room);
        return (await Promise.all(mine.map((room) => membership(room, account)))).filter((one) => one !== undefined);
      },
      markRead: async (room, account, seq) => {
        const read = members.get(room)?.get(account);
        if (read !== undefined) membersOf(room).set(account, Math.max(read, seq));
      },
    },
  };
}

/** Callers may hand over an account with its hash. */
const withoutMore = ({ id, name }: Account): Account => ({ id, name });

const withoutHash = (account: AccountWithHash | undefined): Account | undefined => account && withoutMore(account);

/** Entries by key, after one of them. */
const page = (index: ReadonlyMap<string, string>, after: string, limit: number): [string, string][] =>
  [...index]
    .filter(([key]) => key > after)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, limit);
