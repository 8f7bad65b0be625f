import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { freePort } from '../../support/port';
import { Server } from '../../support/server';

const APP = join(__dirname, '../../../app/chat');
const SESSION_KEY = randomBytes(32).toString('hex');

export interface ChatServer extends Server {
  /** Where browsers find the page. */
  readonly url: string;
}

let built: string | undefined;
if ('afterAll' in globalThis) afterAll(() => removeBuild());

/** Builds the chat for those who ask, once, in a folder of their own: whoever builds it at the same time does not change ours. */
function build(): string {
  if (built === undefined) {
    mkdirSync(join(APP, 'build'), { recursive: true });
    built = mkdtempSync(join(APP, 'build', 'test-'));
    execa.sync('node', [join(APP, 'build.mjs'), built]);
  }
  return built;
}

export function removeBuild(): void {
  if (built !== undefined) rmSync(built, { recursive: true, force: true });
  built = undefined;
}

/**
 * A process of the chat as it is deployed, on loopback.
 * @param settings variables beside the address, such as REDIS_URL.
 * @param host name that browsers know it by.
 */
export async function startChat(
  settings: Readonly<Record<string, string>> = {},
  host = 'localhost',
): Promise<ChatServer> {
  const port = await freePort();
  const url = `http://${host}:${port}`;
  const folder = build();
  const server = await Server.start(port, (own) => {
    const keyFile = join(own, 'session-key');
    writeFileSync(keyFile, SESSION_KEY);
    const all = {
      PORT: String(port),
      HOST: '127.0.0.1',
      ORIGINS: url,
      SESSION_KEY_FILE: keyFile,
      ADDRESS_LIMIT_FACTOR: '100',
      SHUTDOWN_DRAIN_SECONDS: '1',
      ...settings,
    };
    return {
      file: 'env',
      args: [...Object.entries(all).map(([name, value]) => `${name}=${value}`), 'node', join(folder, 'main.js')],
      ready: 'Server listening',
    };
  });
  return Object.assign(server, { url });
}
