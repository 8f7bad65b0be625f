import { join } from 'node:path';
import { startServer } from '../processes';
import { type Chat, inviteAnybody } from './chat';

const competitor = (name: string, dialect: Chat['dialect'], words: readonly string[]): Chat => ({
  name,
  dialect,
  invite: inviteAnybody,
  start: (redisUrl, teardown) =>
    startServer(
      name,
      () => words,
      (port) => ({ PORT: String(port), REDIS_URL: redisUrl }),
      teardown,
    ),
});

/** What the competitors do, and what they leave out, stands in their own files. */
export const competitors = (folder: string) => ({
  flask: competitor('Flask-SocketIO', 'plain', [join(folder, 'python/bin/python'), join(folder, 'flask_chat.py')]),
  stock: competitor('Socket.IO', 'plain', [process.execPath, join(folder, 'stock.js')]),
  raw: competitor('raw ws', 'raw', [process.execPath, join(folder, 'raw.js')]),
});

export type Competitors = ReturnType<typeof competitors>;
