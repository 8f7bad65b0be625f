import type { Logger } from '@slipway/common/http';
import type { Dependency } from '@slipway/common/readiness';
import type { Bus } from '../fanout/log';
import { memoryBoard, redisBoard } from '../presence/boards';
import type { Board } from '../presence/presence';
import type { ChatSettings } from '../settings';
import { memoryBus } from './memory/log';
import { createMemoryStore } from './memory/memory';
import { createMysqlStore } from './mysql/store';
import { connectRedis, type RedisClient } from './redis/connection';
import { redisBus } from './redis/log';
import { createRedisStore } from './redis/redis';
import { memoryShelf, redisShelf, type SessionShelf } from './sessions';
import type { Store } from './store';

/** What processes share, as far as there is something to share it in. */
export interface Backplane {
  readonly store: Store;
  readonly bus: Bus;
  readonly board: Board;
  readonly shelf: SessionShelf;
  /** For counting; undefined where there is one process. */
  readonly redis?: RedisClient;
  readonly dependencies: readonly Dependency[];
  close(): Promise<void>;
}

/**
 * The process alone, Redis, or MySQL with Redis as the broker: whatever the settings name.
 * @param pod name of this process among all of them.
 */
export async function openBackplane(settings: ChatSettings, log: Logger, pod: string): Promise<Backplane> {
  const { REDIS_URL: url, STORE_WAIT_SECONDS: waitSeconds, HISTORY_LENGTH: historyLength } = settings;
  if (url === undefined) {
    const bus = memoryBus();
    const store = createMemoryStore(bus, historyLength);
    return { store, bus, board: memoryBoard(), shelf: memoryShelf(), dependencies: [], close: store.close };
  }
  const { REDIS_USERNAME: username, REDIS_PASSWORD: password, MYSQL_HOST: host } = settings;
  const redis = await connectRedis({ url, username, password, waitSeconds }, log);
  const bus = redisBus(redis);
  const mysql = host === undefined ? undefined : await openMysql(settings, host, bus);
  const store = mysql ?? createRedisStore(redis, historyLength);
  return {
    store,
    bus,
    board: redisBoard(redis.commands, bus, pod),
    shelf: redisShelf(redis.commands),
    redis: redis.commands,
    dependencies: [{ name: 'redis', check: redis.check }, ...(mysql ? [{ name: 'mysql', check: mysql.check }] : [])],
    close: async () => {
      await store.close();
      await redis.close();
    },
  };
}

const openMysql = (settings: ChatSettings, host: string, bus: Bus): Promise<Store> =>
  createMysqlStore(
    {
      host,
      port: settings.MYSQL_PORT,
      user: settings.MYSQL_USER ?? '',
      password: settings.MYSQL_PASSWORD ?? '',
      database: settings.MYSQL_DATABASE,
      waitSeconds: settings.STORE_WAIT_SECONDS,
    },
    bus,
  );
