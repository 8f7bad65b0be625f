import { freePort } from './port';
import { Server } from './server';

/** A real redis-server: it writes every change to its append-only file and syncs that once a second, as the chart's does. */
export async function startRedis(...options: readonly string[]): Promise<Server & { readonly url: string }> {
  const port = await freePort();
  const server = await Server.start(port, (folder) => ({
    file: 'redis-server',
    args: [
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
      ...['--appendonly', 'yes', '--appendfsync', 'everysec', '--save', ''],
      ...options,
    ],
    ready: 'Ready to accept connections',
  }));
  return Object.assign(server, { url: `redis://127.0.0.1:${port}` });
}
