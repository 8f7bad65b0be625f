import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RedisOptions } from '../../../../../app/chat/src/stores/redis/connection';
import { kind } from '../../../../../charts/environments/kind';
import { freePort } from '../../../../support/port';
import { render } from '../../../../support/rendered';
import { Server } from '../../../../support/server';

/** Redis with the files that dist/ carries: user `chat` may do there what it may do in the cluster, and nothing else. */
export async function startRedisAsDeployed(): Promise<{ server: Server; options: RedisOptions }> {
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const files = Object.entries<string>(render(kind).object('ConfigMap', 'redis').data);
  const server = await Server.start(port, (folder) => {
    for (const path of ['etc', 'run', 'data']) mkdirSync(join(folder, path));
    const local = (text: string) =>
      text
        .replaceAll('/etc/redis', join(folder, 'etc'))
        .replaceAll('/run/redis', join(folder, 'run'))
        .replaceAll('/data', join(folder, 'data'));
    for (const [name, text] of files) writeFileSync(join(folder, 'etc', name), local(text));
    writeFileSync(join(folder, 'etc', 'redis.conf'), `port ${port}\nbind 127.0.0.1\n`, { flag: 'a' });
    writeFileSync(join(folder, 'password'), password);
    const variable = `CHAT_PASSWORD_FILE=${join(folder, 'password')}`;
    return {
      file: 'env',
      args: [variable, 'sh', join(folder, 'etc', 'start.sh')],
      ready: 'Ready to accept connections',
    };
  });
  return { server, options: { url: `redis://127.0.0.1:${port}`, username: 'chat', password, waitSeconds: 10 } };
}
