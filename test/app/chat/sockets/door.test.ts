import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { sessionCookie } from '../../../../app/chat/src/http/session-cookie';
import { Door } from '../../../../app/chat/src/sockets/door';
import { createLog } from '../../../../app/common/src/http';
import { ORIGIN, runChat, type TestChat } from '../../../support/chat';
import type { Member } from '../../../support/chat-browser';
import { RawSocket } from '../../../support/raw-socket';
import { until } from '../../../support/until';

jest.setTimeout(30_000);

let chat: TestChat;
let ana: Member;
beforeAll(async () => {
  chat = await runChat();
  ana = await chat.register();
});

const POLLING = '/socket.io/?EIO=4&transport=polling';
const upgrade = async (headers: Record<string, string>, at = chat) => (await RawSocket.open(at.url, headers)).status;
const poll = async (headers: Record<string, string>, at = chat) => (await fetch(at.url + POLLING, { headers })).status;

describe('the door', () => {
  it('lets in who is logged in, from our page', async () => {
    expect(await upgrade({ origin: ORIGIN, cookie: ana.cookie })).toBe(101);
    expect(await poll({ origin: ORIGIN, cookie: ana.cookie })).toBe(200);
    expect(await poll({ 'sec-fetch-site': 'same-origin', cookie: ana.cookie })).toBe(200);
    expect(await poll({ referer: `${ORIGIN}/`, cookie: ana.cookie })).toBe(200);
  });

  const refused: [why: string, headers: () => Record<string, string>][] = [
    ['another origin', () => ({ origin: 'https://evil.example.com', cookie: ana.cookie })],
    ['no origin', () => ({ cookie: ana.cookie })],
    ['the origin of a sandbox', () => ({ origin: 'null', cookie: ana.cookie })],
    ['another site', () => ({ 'sec-fetch-site': 'cross-site', cookie: ana.cookie })],
    ['no session', () => ({ origin: ORIGIN })],
    ['a session that is none', () => ({ origin: ORIGIN, cookie: 'chat=none' })],
    ['the cookie of another name', () => ({ origin: ORIGIN, cookie: ana.cookie.replace('chat=', '__Host-chat=') })],
  ];
  it.each(refused)('refuses %s with 403 before anything is upgraded', async (_, headers) => {
    expect([await upgrade(headers()), await poll(headers())]).toEqual([403, 403]);
  });

  it('refuses a session that was ended', async () => {
    const ben = await chat.register();
    const { cookie } = ben;
    await ben.post('/logout');
    expect(await upgrade({ origin: ORIGIN, cookie })).toBe(403);
  });

  it('has a session for one entry: whoever leaves Socket.IO comes in no more on the same connection', async () => {
    const ben = await chat.register();
    const raw = await RawSocket.open(chat.url, { origin: ORIGIN, cookie: ben.cookie });
    const isHere = () => chat.chat.presence.isOnline(ben.account.id);
    raw.send('40');
    await until(isHere);
    raw.send('41');
    await until(() => !isHere());
    raw.send('40');
    await until(() => raw.texts.some((text) => text.startsWith('44')));
    expect(raw.texts.filter((text) => /^4[04]/.test(text))).toEqual([
      expect.stringMatching(/^40\{"sid"/),
      '44{"message":"not logged in"}',
    ]);
  });

  it('hands a session out once', async () => {
    const session = { key: 'key', account: ana.account };
    const door = new Door({
      sessions: { ...chat.chat.sessions, find: async () => session },
      cookie: sessionCookie(false, 60),
      origins: new Set([ORIGIN]),
      log: createLog('test', 'silent'),
    });
    const request = { headers: { origin: ORIGIN, cookie: 'chat=x' } } as IncomingMessage;
    const admitted = await new Promise((resolve) => door.allowRequest(request, (_, one) => resolve(one)));
    expect([admitted, door.take(request), door.take(request)]).toEqual([true, session, undefined]);
  });

  it('tells who comes while sessions cannot be read to come back', async () => {
    const find = jest.spyOn(chat.chat.sessions, 'find').mockRejectedValue(new Error('away'));
    const headers = { origin: ORIGIN, cookie: ana.cookie };
    const raw = await RawSocket.open(chat.url, headers);
    expect([raw.status, await poll(headers)]).toEqual([503, 503]);
    expect(raw.head.toLowerCase()).toContain('retry-after: 1');
    find.mockRestore();
    expect(await upgrade(headers)).toBe(101);
  });

  it('tells everybody to come back when it is closed; who is inside stays', async () => {
    const closing = await runChat();
    const member = await closing.register();
    const inside = await member.connect();
    await closing.steps.find(({ name }) => name === 'let nobody in')?.run();
    const headers = { origin: ORIGIN, cookie: member.cookie };
    expect([await upgrade(headers, closing), await poll(headers, closing)]).toEqual([503, 503]);
    expect(await inside.join('general')).toHaveProperty('data');
  });
});

describe('a client that is gone before its answer', () => {
  it('ends nothing but its own request', async () => {
    let asked = 0;
    const find = jest.spyOn(chat.chat.sessions, 'find').mockImplementation(() => {
      asked += 1;
      return new Promise(() => {});
    });
    const raw = RawSocket.ask(chat.url, { origin: ORIGIN, cookie: ana.cookie });
    await until(() => asked === 1);
    find.mockRestore();
    raw.socket.resetAndDestroy();
    await once(raw.socket, 'close');
    expect((await ana.get('/me')).status).toBe(200);
  });

  it.each(['/', '/nothing', '/socket.io', '/engine.io/'])(
    'ends nothing where it asks for an upgrade of %s',
    async (path) => {
      const raw = RawSocket.ask(chat.url, { origin: ORIGIN }, path);
      await once(raw.socket, 'connect');
      expect((await ana.get('/me')).status).toBe(200);
      raw.socket.resetAndDestroy();
      await once(raw.socket, 'close');
      expect((await ana.get('/me')).status).toBe(200);
    },
  );
});
