/** The chat behind a real HAProxy with the configuration of compose.yaml: nobody sticks to a process, or everybody does by a cookie. */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChatClient } from '../../../app/chat/src/client/client';
import type { ChatClientOptions } from '../../../app/chat/src/client/listener';
import type { Message } from '../../../app/chat/src/events';
import { until } from '../../chaos/chaos';
import { register } from '../../chaos/person';
import { Pod } from '../../chaos/pod';
import { freePort } from '../../support/port';
import { startRedis } from '../../support/redis';
import { Server } from '../../support/server';

const CONFIGURATION = readFileSync(join(__dirname, '../../../app/chat/compose/haproxy.cfg'), 'utf8');
const ORIGIN = 'http://chat.example.com';
const PODS = 3;
const CLIENTS = 60;
const ACCOUNTS = 6;

let pods: { pod: Pod; metricsPort: number }[];
beforeAll(async () => {
  const { url } = await startRedis();
  const settings = {
    ...{ ORIGINS: ORIGIN, REDIS_URL: url, SESSION_KEY: randomBytes(32).toString('hex'), PROXY_HOPS: '1' },
    ...{ CONNECTIONS_PER_USER: '100', MESSAGE_LIMIT: '1000', ADDRESS_LIMIT_FACTOR: '10' },
  };
  const start = async () => {
    const metricsPort = await freePort();
    return { pod: await Pod.start({ ...settings, METRICS_PORT: String(metricsPort) }), metricsPort };
  };
  pods = await Promise.all(Array.from({ length: PODS }, start));
}, 60_000);

let people = 0;
const clients: ChatClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

/** The servers of compose.yaml are two and have names; here each is a port. */
function configure(port: number, sticky: boolean): string {
  const servers = pods.map(
    ({ pod }, at) => `  server chat-${at} 127.0.0.1:${pod.port}${sticky ? ` cookie ${at}` : ''}`,
  );
  const [before] = CONFIGURATION.split(/^ {2}server /m);
  const cookie = sticky ? ['  cookie chat-process insert indirect nocache httponly'] : [];
  return `${before}${[...cookie, ...servers].join('\n')}\n`.replace(/"\$\{LISTEN\}"/, `127.0.0.1:${port}`);
}

async function balance(sticky: boolean): Promise<string> {
  const port = await freePort();
  await Server.start(port, (folder) => {
    const file = join(folder, 'haproxy.cfg');
    writeFileSync(file, configure(port, sticky));
    return { file: 'haproxy', args: ['-W', '-db', '-f', file], ready: 'Loading success' };
  });
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${url}/ready`)).ok);
  return url;
}

/** How many connections each process has. */
const connections = (): Promise<number[]> =>
  Promise.all(
    pods.map(async ({ metricsPort }) => {
      const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      return Number(/^chat_connections (\d+)$/m.exec(metrics)?.[1]);
    }),
  );

/** Sixty clients of six accounts, each with the cookies that its account got at the login. */
async function invite(url: string, io: ChatClientOptions['io']) {
  const heard: Set<string>[] = [];
  const failures: string[] = [];
  for (let account = 0; account < ACCOUNTS; account += 1) {
    people += 1;
    const { headers } = await register(url, `person-${people}`, ORIGIN);
    for (let at = 0; at < CLIENTS / ACCOUNTS; at += 1) {
      const texts = new Set<string>();
      const hear = (_: string, messages: readonly Message[]) => {
        for (const { text } of messages) texts.add(text);
      };
      const listener = { messages: hear, reload: hear };
      const client = new ChatClient({ url, io: { ...io, extraHeaders: { ...headers } }, listener });
      client.socket.on('connect_error', ({ message }) => failures.push(message));
      client.join('general');
      clients.push(client);
      heard.push(texts);
    }
  }
  return { heard, failures };
}

const TRANSPORTS = {
  'those of the page': {},
  'websocket alone': { transports: ['websocket'] },
  'polling alone': { transports: ['polling'] },
  'those of socket.io-client': { transports: ['polling', 'websocket'], tryAllTransports: false },
} satisfies Record<string, ChatClientOptions['io']>;

it.each([
  ['round robin and nothing sticky', 'those of the page'],
  ['round robin and nothing sticky', 'websocket alone'],
  ['an inserted cookie', 'those of the page'],
  ['an inserted cookie', 'websocket alone'],
  ['an inserted cookie', 'polling alone'],
  ['an inserted cookie', 'those of socket.io-client'],
] as const)(
  'with %s, 60 of 60 clients connect and hear each other; transports: %s',
  async (way, transports) => {
    const { heard, failures } = await invite(await balance(way === 'an inserted cookie'), TRANSPORTS[transports]);
    await until(() => clients.every((client) => client.position('general') !== undefined));
    const texts = clients.map((_, at) => `${at} with ${way}, ${transports}`);
    for (const [at, client] of clients.entries()) client.send('general', texts[at] as string);
    await until(() => heard.every((one) => texts.every((text) => one.has(text))));

    expect(failures).toEqual([]);
    let spread = await connections();
    // Those of the test before may not all be gone.
    while (spread.reduce((sum, count) => sum + count, 0) !== CLIENTS) spread = await connections();
    expect(Math.min(...spread)).toBeGreaterThan(0);
  },
  60_000,
);
