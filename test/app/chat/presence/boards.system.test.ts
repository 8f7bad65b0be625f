/** The board of several pods, on a real Redis. */
import { redisBoard } from '../../../../app/chat/src/presence/boards';
import { BOARD_LIFE } from '../../../../app/chat/src/presence/presence';
import { connectRedis, type RedisConnection } from '../../../../app/chat/src/stores/redis/connection';
import { redisBus } from '../../../../app/chat/src/stores/redis/log';
import { createLog } from '../../../../app/common/src/http';
import { startRedis } from '../../../support/redis';
import { until } from '../../../support/until';

jest.setTimeout(30_000);
const ana = { id: 'ana', name: 'Ana' };
const ben = { id: 'ben', name: 'Ben' };

let redis: RedisConnection;
beforeAll(async () => {
  const { url } = await startRedis();
  redis = await connectRedis({ url, waitSeconds: 10 }, createLog('test', 'silent'));
});
afterAll(() => redis.close());
beforeEach(() => redis.commands.flushAll());

const boardOf = (pod: string) => redisBoard(redis.commands, redisBus(redis), pod);
const names = async (pod = 'reader') => (await boardOf(pod).read()).map(({ name }) => name).sort();

describe('pods', () => {
  it('see who is connected to any of them, and are told when somebody comes or leaves', async () => {
    let changes = 0;
    await boardOf('one').onChange(() => {
      changes += 1;
    });
    await boardOf('one').add(ana);
    await boardOf('two').add(ben);
    expect(await names()).toEqual(['Ana', 'Ben']);
    await boardOf('two').remove(ben);
    expect(await names()).toEqual(['Ana']);
    await until(() => changes === 3);
  });

  it('keep somebody who is connected to two of them until both are left', async () => {
    for (const pod of ['one', 'two']) await boardOf(pod).add(ana);
    await boardOf('one').remove(ana);
    expect(await names()).toEqual(['Ana']);
    await boardOf('two').remove(ana);
    expect(await names()).toEqual([]);
  });

  it('that are killed are gone with their people when they have not beaten for the board’s life', async () => {
    await boardOf('killed').add(ana);
    await boardOf('living').add(ben);
    expect(await redis.commands.pTTL('chat:presence:killed')).toBeLessThanOrEqual(BOARD_LIFE);
    await until(async () => {
      await boardOf('living').beat([ben]);
      return !(await names()).includes('Ana');
    });
    expect(await names()).toEqual(['Ben']);
    expect(await redis.commands.sMembers('chat:presence-pods')).toEqual(['living']);
  });

  it('write everybody anew with a beat: after a Redis that forgot, and after a removal that failed', async () => {
    await boardOf('one').add(ana);
    await redis.commands.flushAll();
    await boardOf('one').beat([ana, ben]);
    expect(await names()).toEqual(['Ana', 'Ben']);
    await boardOf('one').beat([ben]);
    expect(await names()).toEqual(['Ben']);
    await boardOf('one').beat([]);
    expect(await names()).toEqual([]);
  });

  it('show nothing of an account but id and name', async () => {
    await boardOf('one').add({ ...ana, hash: 'hush' } as typeof ana);
    expect(await boardOf('two').read()).toEqual([ana]);
  });
});
