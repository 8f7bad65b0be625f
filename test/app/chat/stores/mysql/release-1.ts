import { randomUUID } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import type { Login } from '../../../../support/mariadb';

/** What release 1 said to the database, word for word. Frozen: it is what its pods go on saying while the next release rolls out. */
const SAID = {
  account: 'insert into `accounts` (`id`, `name`, `name_key`, `hash`) values (?, ?, ?, ?)',
  room: 'insert into `rooms` (`id`, `kind`, `name`, `name_key`, `epoch`) values (?, ?, ?, ?, ?)',
  member: 'insert into `members` (`room`, `account`) values (?, ?) on duplicate key update `room` = ?',
  isMember: 'select `room` from `members` where `room` = ? and `account` = ?',
  lock: 'select `seq`, `epoch` from `rooms` where `id` = ? for update',
  message: 'insert into `messages` (`room`, `seq`, `author`, `id`, `name`, `text`, `at`) values (?, ?, ?, ?, ?, ?, ?)',
  head: 'update `rooms` set `seq` = ?, `epoch` = ? where `id` = ?',
  after:
    'select `seq`, `id`, `author`, `name`, `text`, `at` from `messages` where `room` = ? and `seq` > ? order by `seq` limit ?',
};

interface Row {
  readonly seq: number;
  readonly epoch: string;
  readonly text: string;
}

/** A pod of release 1: names of accounts and rooms are lower case here. */
export async function release1(login: Login) {
  const connection = await createConnection({ ...login, charset: 'utf8mb4' });
  const say = async (statement: string, ...values: unknown[]) =>
    (await connection.query(statement, values))[0] as Row[];
  return {
    register: async (name: string): Promise<string> => {
      const id = randomUUID();
      await say(SAID.account, id, name, name, 'hash');
      return id;
    },
    makeRoom: async (name: string): Promise<string> => {
      const id = randomUUID();
      await say(SAID.room, id, 'public', name, name, 'first');
      return id;
    },
    join: (room: string, account: string) => say(SAID.member, room, account, room),
    isMember: async (room: string, account: string) => (await say(SAID.isMember, room, account)).length > 0,
    send: async (room: string, author: string, text: string): Promise<number> => {
      await say('begin');
      const [{ seq, epoch } = { seq: 0, epoch: '' }] = await say(SAID.lock, room);
      await say(SAID.message, room, seq + 1, author, randomUUID(), 'Ada', text, 1_700_000_000_000);
      await say(SAID.head, seq + 1, epoch, room);
      await say('commit');
      return seq + 1;
    },
    read: async (room: string): Promise<string[]> => (await say(SAID.after, room, 0, 1_000)).map(({ text }) => text),
    close: () => connection.destroy(),
  };
}
