import { existsSync } from 'node:fs';
import { freePort } from './port';
import { Server } from './server';

/** A file system in memory, where there is one. */
const MEMORY = '/dev/shm';

/**
 * A real redis-server: it writes every change to its append-only file and syncs that once a second, as the chart's does.
 * Its files are in memory: while a slow disk syncs, Redis acknowledges for up to two seconds what only it has, and a kill
 * loses that. Killing it is what tests do; how slow this machine's disk is, is no property of the chat.
 */
export async function startRedis(...options: readonly string[]): Promise<Server & { readonly url: string }> {
  const port = await freePort();
  const program = (folder: string) => ({
    file: 'redis-server',
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
      ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''],
      ...options,
    ],
    ready: 'Ready to accept connections',
  });
  const server = await Server.start(port, program, existsSync(MEMORY) ? MEMORY : undefined);
  return Object.assign(server, { url: `redis://127.0.0.1:${port}` });
}
