/** What a Redis does to the log that no other store does. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Batch } from '../../../../../app/chat/src/events';
import { Feeds } from '../../../../../app/chat/src/fanout/feeds';
import { connectRedis, type RedisConnection } from '../../../../../app/chat/src/stores/redis/connection';
import { redisBus } from '../../../../../app/chat/src/stores/redis/log';
import { createRedisStore } from '../../../../../app/chat/src/stores/redis/redis';
import type { Store } from '../../../../../app/chat/src/stores/store';
import { createLog } from '../../../../../app/common/src/http';
import { startRedis } from '../../../../support/redis';
import { until } from '../../../../support/until';
import { newAccount, newDraft } from '../contract/samples';

jest.setTimeout(60_000);

let server: Awaited<ReturnType<typeof startRedis>>;
let connection: RedisConnection;
let store: Store;
beforeEach(async () => {
  server = await startRedis('--appendfsync', 'always');
  connection = await connectRedis({ url: server.url, waitSeconds: 10 }, createLog('test', 'silent'));
  store = createRedisStore(connection, 1_000);
  await store.rooms.createPublic('r', 'Room');
});
afterEach(async () => {
  await connection.close();
  await server.remove();
});

async function answered(): Promise<void> {
  await until(() => connection.commands.isReady && connection.subscriber.isReady);
  await until(() =>
    store.check().then(
      () => true,
      () => false,
    ),
  );
}

describe('a Redis that is killed and started again', () => {
  it('has everything that was acknowledged: accounts, members, what was read, messages, numbers', async () => {
    const ana = newAccount();
    await store.accounts.create(ana);
    await store.rooms.join('r', ana.id);
    const drafts = Array.from({ length: 20 }, () => newDraft({ author: ana.id }));
    for (const draft of drafts) await store.log.append('r', draft, 0);
    await store.rooms.markRead('r', ana.id, 7);
    const before = [await store.rooms.find('r', ana.id), await store.log.after('r', 0, 100)];
    await server.kill();
    await server.restart();
    await answered();
    expect([await store.rooms.find('r', ana.id), await store.log.after('r', 0, 100)]).toEqual(before);
    expect(await store.accounts.findByName(ana.name)).toEqual(ana);
    expect((await store.log.append('r', drafts[4] ?? newDraft(), 20)).seq).toBe(5);
    expect((await store.log.append('r', newDraft(), 20)).seq).toBe(21);
  });

  it('has forgotten the script and gets it again', async () => {
    await store.log.append('r', newDraft(), 0);
    await connection.commands.scriptFlush();
    expect((await store.log.append('r', newDraft(), 0)).seq).toBe(2);
  });
});

describe('a Redis that was set back', () => {
  it('takes another epoch with the next message of a pod that had seen more, and clients of that pod are told', async () => {
    const bus = redisBus(connection);
    const batches: Batch[] = [];
    const feeds = new Feeds(bus, store.log, {
      messages: (batch) => batches.push(batch),
      typing: () => {},
      failed: () => {},
    });
    await feeds.acquire('r');
    await store.log.append('r', newDraft(), 0);
    const backup = `${server.folder}-backup`;
    cpSync(join(server.folder, 'appendonlydir'), backup, { recursive: true });
    const lost = await store.log.append('r', newDraft({ text: 'lost' }), feeds.seen('r'));
    await until(() => feeds.seen('r') === 2);
    await server.kill();
    rmSync(join(server.folder, 'appendonlydir'), { recursive: true });
    cpSync(backup, join(server.folder, 'appendonlydir'), { recursive: true });
    rmSync(backup, { recursive: true });
    await server.restart();
    await answered();
    const stored = await store.log.append('r', newDraft({ text: 'other' }), feeds.seen('r'));
    expect(stored.seq).toBe(2);
    expect(stored.epoch).not.toBe(lost.epoch);
    await until(() => batches.at(-1)?.epoch === stored.epoch);
    expect(batches.at(-1)?.messages.map(({ text }) => text)).toEqual(['other']);
    feeds.close();
  });

  it('to nothing has another epoch as well', async () => {
    const { epoch } = await store.log.append('r', newDraft(), 0);
    await connection.commands.flushAll();
    const again = await store.log.append('r', newDraft(), 0);
    expect(again.seq).toBe(1);
    expect(again.epoch).toMatch(/^\w+$/);
    expect(again.epoch).not.toBe(epoch);
  });
});

describe('an allowance', () => {
  const within = async (draft: ReturnType<typeof newDraft>, room = 'r') =>
    store.log.appendWithin?.({ messages: 2, seconds: 10 }, room, draft, 0);

  it('is counted in the same step: one too many is not stored, is told how long to wait, and takes no number', async () => {
    await store.rooms.createPublic('other', 'Other');
    const refused = newDraft();
    await within(newDraft());
    await within(newDraft(), 'other');
    const answer = await within(refused);
    expect(answer).toEqual({ waitMs: expect.any(Number) });
    expect((answer as { waitMs: number }).waitMs).toBeGreaterThan(0);
    expect((answer as { waitMs: number }).waitMs).toBeLessThanOrEqual(10_000);
    expect((await store.log.after('r', 0, 10)).messages).toHaveLength(1);
    expect((await store.log.append('r', refused, 0)).seq).toBe(2);
  });

  it('is each author’s own, and a message that is stored already costs nothing of it', async () => {
    const draft = newDraft();
    for (let time = 0; time < 5; time += 1) expect(await within(draft)).toMatchObject({ seq: 1 });
    expect(await within(newDraft())).toMatchObject({ seq: 2 });
    expect(await within(newDraft())).toHaveProperty('waitMs');
    expect(await within(newDraft({ author: 'ben' }))).toMatchObject({ seq: 3 });
  });
});

describe('the id of a message', () => {
  it('is known for ten minutes', async () => {
    await store.log.append('r', newDraft({ author: 'ana', id: 'message-1' }), 0);
    const left = await connection.commands.ttl('chat:sent:r:ana:message-1');
    expect(left).toBeGreaterThan(500);
    expect(left).toBeLessThanOrEqual(600);
  });
});
