/** The chat speaks Socket.IO, not a dialect of its own client: python-socketio from PyPI talks with our page's client. */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import execa from 'execa';
import { ChatClient } from '../../../app/chat/src/client/client';
import type { Room } from '../../../app/chat/src/events';
import { register } from '../../chaos/person';
import { Pod } from '../../chaos/pod';

const FILES = join(__dirname, 'foreign-client');
const REQUIREMENTS = join(FILES, 'requirements.txt');

/** Python's packages, below the user's cache folder, in a folder for each list of pins. */
async function installed(): Promise<string> {
  const pins = createHash('sha256').update(readFileSync(REQUIREMENTS)).digest('hex').slice(0, 16);
  const cache = join(process.env.XDG_CACHE_HOME || join(process.env.HOME || homedir(), '.cache'), 'slipway');
  const folder = join(cache, `foreign-client-${pins}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const fresh = mkdtempSync(join(cache, 'installing-'));
  const options = ['--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:'];
  await execa('python3', ['-m', 'pip', 'install', ...options, '--target', fresh, '--requirement', REQUIREMENTS]);
  renameSync(fresh, folder);
  return folder;
}

let packages: string;
beforeAll(async () => {
  packages = await installed();
}, 120_000);

const clients: ChatClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

it.each(['websocket', 'polling'])(
  'python-socketio logs in, joins, sends, hears and sees somebody write: %s',
  async (transport) => {
    const pod = await Pod.start({});
    const origin = `http://127.0.0.1:${pod.port}`;
    const { headers, get } = await register(origin, 'page', origin);
    const { rooms } = await get<{ rooms: Room[] }>('/rooms');
    const heard: string[] = [];
    const typing: string[] = [];
    const client = new ChatClient({
      url: origin,
      io: { extraHeaders: { ...headers } },
      listener: {
        messages: (room, messages) => {
          heard.push(...messages.map(({ name, text }) => `${name}: ${text}`));
          if (!messages.some(({ name }) => name === 'python')) return;
          client.send(room, 'hello from the page');
        },
        typing: ({ account }) => {
          typing.push(account.name);
          client.typing('general');
        },
      },
    });
    clients.push(client);
    client.join('general', { seq: 0, epoch: rooms[0]?.epoch ?? '' });

    const { stdout } = await execa('python3', [join(FILES, 'client.py'), origin, 'python', transport], {
      env: { PYTHONPATH: packages },
      input: `${randomBytes(12).toString('hex')}\n`,
    });
    const lines = stdout.split('\n').map((line) => JSON.parse(line));
    // An answer and a message of others may come in either order.
    const told = lines.filter(([kind]) => kind !== 'message');
    const messages = lines.filter(([kind]) => kind === 'message');
    expect([...told, ...messages]).toEqual([
      ['account', 201, 'python'],
      ['transport', transport],
      ['joined', 'general', false],
      ['stored', 'once'],
      ['refused', 'invalid'],
      ['typing', 'general', 'page'],
      ['message', 'python', 'hello from python'],
      ['message', 'page', 'hello from the page'],
    ]);
    expect(heard).toEqual(['python: hello from python', 'page: hello from the page']);
    expect(typing).toContain('python');
  },
  60_000,
);
