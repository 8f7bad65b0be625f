import { randomUUID } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { decodePublished } from '../../../../../app/chat/src/fanout/log';
import { memoryBus } from '../../../../../app/chat/src/stores/memory/log';
import { createMysqlStore } from '../../../../../app/chat/src/stores/mysql/store';
import type { Store } from '../../../../../app/chat/src/stores/store';
import { execute, startMariaDb } from '../../../../support/mariadb';
import { newDraft, storedRoom, upTo } from '../contract/samples';

jest.setTimeout(60_000);

let server: Awaited<ReturnType<typeof startMariaDb>>;
let store: Store;
let published: string[];
let busIsAway: boolean;

const bus = {
  ...memoryBus(),
  publish: async (_: string, text: string) => {
    if (busIsAway) throw new Error('the bus is away');
    published.push(text);
  },
};
const told = () => published.map(decodePublished);
const newRoom = async () => (await storedRoom(store)).id;

beforeAll(async () => {
  server = await startMariaDb();
  store = await createMysqlStore({ ...server.login, waitSeconds: 10 }, bus);
});
afterAll(() => store.close());
beforeEach(() => {
  published = [];
  busIsAway = false;
});

describe('the log in MySQL', () => {
  it('stores what comes while a transaction is under way in one next transaction', async () => {
    const room = await newRoom();
    const commits = async () => Number((await execute(server.login, "SHOW GLOBAL STATUS LIKE 'Com_commit'"))[0]?.Value);
    const before = await commits();
    await Promise.all(upTo(101).map(() => store.log.append(room, newDraft(), 0)));
    expect((await commits()) - before).toBe(2);
  });

  it('publishes in the order of the numbers', async () => {
    const room = await newRoom();
    await Promise.all(upTo(50).map(() => store.log.append(room, newDraft(), 0)));
    expect(told().map((one) => one?.head.seq)).toEqual(upTo(50));
  });

  it('publishes a message again that is sent again, as it was stored: the first time may have failed', async () => {
    const room = await newRoom();
    const draft = newDraft();
    busIsAway = true;
    await expect(store.log.append(room, draft, 0)).rejects.toThrow('the bus is away');
    busIsAway = false;
    const { seq, epoch } = await store.log.append(room, { ...draft, text: 'changed', at: draft.at + 1 }, 0);
    expect(told()).toEqual([{ head: { seq: 1, epoch }, message: { ...draft, seq } }]);
  });

  it('knows a message again that comes twice in one batch', async () => {
    const room = await newRoom();
    const draft = newDraft();
    const stored = await Promise.all(
      [newDraft(), draft, { ...draft, text: 'changed' }].map((one) => store.log.append(room, one, 0)),
    );
    expect(stored.map(({ seq }) => seq)).toEqual([1, 2, 2]);
    expect((await store.log.after(room, 0, 10)).messages.map(({ text }) => text)).toEqual(['Hello', 'Hello']);
  });

  it('stores nothing in a room that is not there', async () => {
    const room = randomUUID();
    await expect(store.log.append(room, newDraft(), 0)).rejects.toThrow(`room ${room} is not stored`);
    expect(await store.log.after(room, 0, 10)).toEqual({ head: { seq: 0, epoch: '' }, messages: [] });
  });

  it('takes a new epoch when the table was set back to a backup', async () => {
    const room = await newRoom();
    const sent = await Promise.all(upTo(5).map(() => store.log.append(room, newDraft(), 0)));
    await execute(
      server.login,
      `DELETE FROM messages WHERE room = '${room}' AND seq > 2`,
      `UPDATE rooms SET seq = 2 WHERE id = '${room}'`,
    );
    const after = await store.log.append(room, newDraft(), 5);
    expect(after.seq).toBe(3);
    expect(after.epoch).not.toBe(sent[0]?.epoch);
  });

  it('waits for a transaction of another pod, longer than the database does', async () => {
    const room = await newRoom();
    const waits = async () =>
      Number((await execute(server.login, "SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_waits'"))[0]?.Value);
    const before = await waits();
    const other = await createConnection({ ...server.login });
    await other.query('BEGIN');
    await other.query(`SELECT seq FROM rooms WHERE id = '${room}' FOR UPDATE`);
    const stored = store.log.append(room, newDraft(), 0);
    while ((await waits()) < before + 2);
    // Its end is the end of its transaction.
    other.destroy();
    expect(await stored).toMatchObject({ seq: 1 });
  });
});
