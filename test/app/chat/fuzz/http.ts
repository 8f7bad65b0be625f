import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import type { Arena } from './arena';
import { bodyArb, type Known, mutated } from './values';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const PATHS = [
  '/',
  '/me',
  '/users',
  '/rooms',
  '/rooms/public',
  '/rooms/join',
  '/rooms/direct',
  '/login',
  '/register',
  '/logout',
  '/health',
  '/ready',
  '/assets/x.js',
  '/metrics',
];
const POLLING = '/socket.io/?EIO=4&transport=polling';
/** What a header may hold: Node's own client sends nothing else. */
const headerText = fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, ''));
/** What a request line may hold. */
const pathText = (path: string): string => `/${path.replaceAll(/[^\x21-\x7e]/g, '').replace(/^\/+/, '')}`;

const pathArb = ({ rooms, canary }: Known): fc.Arbitrary<string> => {
  const paths = fc.oneof(
    fc.constantFrom(...PATHS),
    fc.constantFrom(...rooms, canary).map((room) => `/rooms/${room}/messages`),
    fc.constantFrom(POLLING, '/socket.io/?EIO=3&transport=websocket', '/socket.io/?EIO=4&transport=polling&sid=x'),
  );
  const query = fc
    .array(
      fc.tuple(
        fc.constantFrom('after', 'before', 'limit', 'room', '__proto__', 'x'),
        fc.oneof(fc.string(), fc.nat().map(String)),
      ),
      { maxLength: 3 },
    )
    .map((words) => (words.length === 0 ? '' : `?${new URLSearchParams(words)}`));
  return fc
    .oneof(
      fc.tuple(paths, query).map((parts) => parts.join('')),
      mutated(paths),
      fc.string({ maxLength: 300 }),
    )
    .map(pathText);
};

const askedArb = (known: Known, origin: string): fc.Arbitrary<Asked> =>
  fc.record({
    method: fc.constantFrom('GET', 'GET', 'POST', 'POST', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH'),
    path: pathArb(known),
    headers: fc.record(
      {
        origin: fc.oneof({ weight: 5, arbitrary: fc.constant(origin) }, { weight: 1, arbitrary: headerText }),
        'content-type': fc.oneof(
          { weight: 5, arbitrary: fc.constant('application/json') },
          { weight: 1, arbitrary: headerText },
        ),
        'sec-fetch-site': fc.constantFrom('same-origin', 'same-origin', 'cross-site', 'x'),
        'x-forwarded-for': headerText,
        accept: headerText,
        range: headerText,
      },
      { requiredKeys: ['origin', 'content-type'] },
    ),
    body: fc.oneof(
      { weight: 6, arbitrary: bodyArb(known).map((body) => JSON.stringify(body) ?? '') },
      { weight: 1, arbitrary: mutated(bodyArb(known).map((body) => JSON.stringify(body) ?? '')) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 100 }) },
    ),
  });

/** Requests at the door and behind it: every answer is one that the chat means to give. */
export async function fuzzHttp(arena: Arena, batches: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const batch = fc.array(askedArb(arena.known, arena.server.url), { minLength: 50, maxLength: 50 });
  await fc.assert(
    fc.asyncProperty(batch, async (requests) => {
      await Promise.all(requests.map((asked) => ask(arena, agent, asked)));
    }),
    { numRuns: batches },
  );
  agent.destroy();
}

async function ask(arena: Arena, agent: Agent, { method, path, headers, body }: Asked): Promise<void> {
  // Whoever logs out or in at one of these browsers would end its session; a copy of the cookie is enough.
  const { cookie } = arena.next();
  const leaves = /^\/+(logout|login|register)/.test(path);
  const length = String(Buffer.byteLength(body));
  const all = { ...headers, 'content-length': length, ...(leaves ? {} : { cookie }) };
  arena.inputs += 1;
  const asked = request(arena.server.url, { method, path, headers: all, agent });
  asked.end(body);
  const [answer] = await once(asked, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  const told = Buffer.concat(chunks).toString();
  arena.hear(told + JSON.stringify(answer.headers));
  const status = answer.statusCode as number;
  if (status >= 500) throw new Error(`${method} ${path} was answered with ${status}: ${told}`);
  if (status >= 400 && method !== 'HEAD' && !path.startsWith('/socket.io')) {
    const { error } = JSON.parse(told);
    if (typeof error?.code !== 'string' || typeof error.message !== 'string') throw new Error(`no failure: ${told}`);
  }
}

/** Bytes where HTTP is expected: requests with a few letters changed, and noise. */
export async function fuzzBytes(arena: Arena, runs: number): Promise<void> {
  const { hostname, port } = new URL(arena.server.url);
  const lines = fc.constantFrom(
    `GET /rooms HTTP/1.1\r\nHost: x\r\nCookie: ${arena.next().cookie}\r\n\r\n`,
    'POST /login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}',
    'POST /login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nOrigin: ${arena.server.url}\r\nCookie: ${arena.next().cookie}\r\n\r\n`,
  );
  const bytes = fc.oneof(
    { weight: 4, arbitrary: mutated(lines).map((text) => Buffer.from(text, 'latin1')) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 400 }).map((noise) => Buffer.from(noise)) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(bytes, fc.boolean()), { minLength: 10, maxLength: 10 }), async (inputs) => {
      await Promise.all(
        inputs.map(async ([input, resets]) => {
          arena.inputs += 1;
          const socket = connect(Number(port), hostname);
          socket.on('error', () => {});
          socket.on('data', (told) => arena.hear(told.toString()));
          await once(socket, 'connect');
          socket.write(input, () => (resets ? socket.resetAndDestroy() : socket.end()));
          if (!socket.closed) await once(socket, 'close');
        }),
      );
    }),
    { numRuns: runs },
  );
}
