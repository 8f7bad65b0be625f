import { connectRedis, type RedisOptions } from '../../../../../app/chat/src/stores/redis/connection';
import { redisBus } from '../../../../../app/chat/src/stores/redis/log';
import { createRedisStore } from '../../../../../app/chat/src/stores/redis/redis';
import { createLog } from '../../../../../app/common/src/http';
import { startRedis } from '../../../../support/redis';
import { describeStore, type Pods } from '../contract';
import { startRedisAsDeployed } from './as-deployed';

jest.setTimeout(60_000);
/** XADD forgets whole nodes of a stream, 100 messages each. */
const LENGTH = 500;

async function pods(options: RedisOptions): Promise<Pods> {
  const log = createLog('test', 'silent');
  const connections = [await connectRedis(options, log), await connectRedis(options, log)] as const;
  const [first, second] = connections;
  return {
    stores: [createRedisStore(first, LENGTH), createRedisStore(second, LENGTH)],
    bus: redisBus(second),
    close: () => Promise.all(connections.map((connection) => connection.close())),
  };
}

describeStore('redis', async () => pods({ url: (await startRedis()).url, waitSeconds: 10 }), { length: LENGTH });

describe('as user chat of dist/, with its access list', () => {
  describeStore('redis', async () => pods((await startRedisAsDeployed()).options), { length: LENGTH });
});
