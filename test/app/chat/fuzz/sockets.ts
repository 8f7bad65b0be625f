import fc from 'fast-check';
import type { Socket } from 'socket.io-client';
import { encodeFrame } from '../../../bench/chat/generator/frames';
import type { Connection, Member } from '../../../support/chat-browser';
import { RawSocket } from '../../../support/raw-socket';
import { until } from '../../../support/until';
import type { Arena } from './arena';
import { bodyArb, type Known, mutated } from './values';

const EVENTS = ['room:join', 'message:send', 'room:read', 'room:typing'];
/** Names that Socket.IO's own client does not send. */
const RESERVED = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'];

interface Emitted {
  readonly name: string;
  readonly words: readonly unknown[];
  readonly acknowledged: boolean;
}

const emittedArb = (known: Known): fc.Arbitrary<Emitted> =>
  fc.record({
    name: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...EVENTS) },
      { weight: 1, arbitrary: fc.string().filter((name) => !RESERVED.includes(name)) },
      { weight: 1, arbitrary: fc.constantFrom('error', 'messages', '__proto__', 'constructor') },
    ),
    words: fc.oneof(
      { weight: 8, arbitrary: fc.tuple(bodyArb(known)) },
      { weight: 1, arbitrary: fc.array(fc.oneof(bodyArb(known), fc.jsonValue()), { maxLength: 4 }) },
      { weight: 1, arbitrary: fc.tuple(fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes))) },
    ),
    acknowledged: fc.boolean(),
  });

/** Events of any name with any words, a hundred at a time over connections that stay. */
export async function fuzzEvents(arena: Arena, batches: number): Promise<void> {
  const pages = new Map<Member, Connection>();
  const pageOf = async (member: Member): Promise<Connection> => {
    const open = pages.get(member);
    if (open && open.ended === undefined) return open;
    const page = await member.connect();
    page.socket.onAny((...told) => arena.hear(JSON.stringify(told)));
    pages.set(member, page);
    return page;
  };
  await fc.assert(
    fc.asyncProperty(fc.array(emittedArb(arena.known), { minLength: 90, maxLength: 90 }), async (events) => {
      const page = await pageOf(arena.next());
      const socket = page.socket as unknown as Socket;
      for (const { name, words, acknowledged } of events) {
        arena.inputs += 1;
        if (acknowledged) socket.emit(name, ...words, (result: unknown) => arena.hear(JSON.stringify(result) ?? ''));
        else socket.emit(name, ...words);
      }
      let answered = false;
      socket.emit('room:join', { room: 'general' }, () => {
        answered = true;
      });
      await until(() => answered || page.ended !== undefined);
    }),
    { numRuns: batches },
  );
  for (const page of pages.values()) page.close();
}

const framesArb = (known: Known): fc.Arbitrary<string> => {
  const event = fc
    .tuple(fc.constantFrom(...EVENTS, ...RESERVED), bodyArb(known), fc.constantFrom('', '0', '7'))
    .map(([name, body, id]) => `42${id}${JSON.stringify([name, body])}`);
  const control = fc.constantFrom(
    ...[
      '0',
      '1',
      '2',
      '2probe',
      '3',
      '3probe',
      '4',
      '40',
      '41',
      '5',
      '6',
      '44{}',
      '40/admin,',
      '42/admin,["x"]',
      '430[{}]',
    ],
    ...[
      '451-["message:send",{"_placeholder":true,"num":0}]',
      '4599999-["x"]',
      '461-0[{"_placeholder":true,"num":0}]',
      '42[',
      '42["x"]["y"]',
    ],
  );
  return fc.oneof(
    { weight: 4, arbitrary: mutated(event) },
    { weight: 3, arbitrary: event },
    { weight: 2, arbitrary: fc.oneof(control, mutated(control)) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  );
};

/** A connection below Socket.IO that has entered. */
async function enterRaw(arena: Arena): Promise<RawSocket> {
  const { cookie, origin } = arena.next();
  const raw = await RawSocket.open(arena.server.url, { origin, cookie });
  if (raw.status !== 101) throw new Error(`the door answered ${raw.head}`);
  raw.send('40');
  await raw.until(() => raw.texts.some((text) => text.startsWith('40')));
  return raw;
}

function leaveRaw(arena: Arena, raw: RawSocket): void {
  for (const text of raw.texts.splice(0)) arena.hear(text);
  raw.socket.destroy();
}

/** Frames of Engine.IO with a few letters changed. A connection that is closed for one is followed by another. */
export async function fuzzFrames(arena: Arena, batches: number): Promise<void> {
  let raw = await enterRaw(arena);
  await fc.assert(
    fc.asyncProperty(fc.array(framesArb(arena.known), { minLength: 40, maxLength: 40 }), async (frames) => {
      for (const frame of frames) {
        if (raw.closed) {
          leaveRaw(arena, raw);
          raw = await enterRaw(arena);
        }
        arena.inputs += 1;
        // What is longer than the server takes is cut there; the helper cannot say more in one frame.
        raw.send(frame.slice(0, 20_000));
        raw.send('4299["room:read",{}]');
        await raw.until(() => raw.texts.some((text) => text.startsWith('4399')));
        for (const text of raw.texts.splice(0)) arena.hear(text);
      }
      leaveRaw(arena, raw);
      raw = await enterRaw(arena);
    }),
    { numRuns: batches },
  );
  leaveRaw(arena, raw);
}

/** Bytes where frames of WebSocket are expected: wrong masks, lengths, opcodes, fragments, and noise. */
export async function fuzzWire(arena: Arena, batches: number): Promise<void> {
  const frame = fc
    .tuple(framesArb(arena.known), fc.nat(15), fc.array(fc.tuple(fc.nat(13), fc.nat(255)), { maxLength: 3 }))
    .map(([text, opcode, changes]) => {
      const bytes = encodeFrame(text.slice(0, 10_000), opcode);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return bytes;
    });
  const noise = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  const wire = fc.array(fc.oneof({ weight: 3, arbitrary: frame }, { weight: 1, arbitrary: noise }), {
    minLength: 4,
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(wire, { minLength: 5, maxLength: 5 }), async (connections) => {
      await Promise.all(
        connections.map(async (inputs) => {
          const raw = await enterRaw(arena);
          for (const bytes of inputs) {
            arena.inputs += 1;
            if (!raw.closed) raw.socket.write(bytes);
          }
          raw.socket.end();
          await raw.until(() => false);
          leaveRaw(arena, raw);
        }),
      );
    }),
    { numRuns: batches },
  );
}
