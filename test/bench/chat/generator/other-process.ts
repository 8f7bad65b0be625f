import { connectRedis } from '../../../../app/chat/src/stores/redis/connection';
import { createRedisStore } from '../../../../app/chat/src/stores/redis/redis';
import { createLog } from '../../../../app/common/src/http';

/** Stores a message and tells all processes. */
export type Append = (room: string, id: string, text: string) => Promise<unknown>;

const AUTHOR = { author: 'account-elsewhere', name: 'person-elsewhere' };

/** Stands for further processes of ours with clients of their own: what those send reaches the log, and so the processes that are measured. */
export async function openOtherProcess(redisUrl: string): Promise<Append> {
  const redis = await connectRedis({ url: redisUrl, waitSeconds: 5 }, createLog('bench', 'silent'));
  const { log } = createRedisStore(redis, 10_000);
  return (room, id, text) => log.append(room, { ...AUTHOR, id, text, at: Date.now() }, 0);
}
