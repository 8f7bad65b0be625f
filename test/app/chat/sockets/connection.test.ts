import type { Socket } from 'socket.io-client';
import { runChat, type TestChat } from '../../../support/chat';
import { type Connection, dataOf, directRoom, type Member, newRoom } from '../../../support/chat-browser';
import { RawSocket } from '../../../support/raw-socket';
import { until } from '../../../support/until';

jest.setTimeout(30_000);

let chat: TestChat;
let ana: Member;
let page: Connection;
beforeAll(async () => {
  chat = await runChat({ MESSAGE_LIMIT: 100_000 });
});
beforeEach(async () => {
  ana = await chat.register();
  page = await ana.connect();
});
afterEach(() => page.close());

const emit = (connection: Connection, event: string, ...words: unknown[]) =>
  (connection.socket as unknown as Socket).emit(event, ...words);

describe('an event', () => {
  it.each([
    [undefined],
    [null],
    [42],
    ['general'],
    [[]],
    [{}],
    [{ room: 'general', extra: 1 }],
    [{ room: { $gt: '' } }],
  ])('with %j is refused as invalid, and the connection stands', async (body) => {
    for (const event of ['message:send', 'room:join', 'room:read', 'room:typing']) {
      expect(await page.ask(event, body)).toMatchObject({ error: { code: 'invalid', message: expect.any(String) } });
    }
    expect(page.ended).toBeUndefined();
  });

  it('without a body is refused; without an acknowledgement it is done all the same', async () => {
    expect(await page.ask('room:join')).toMatchObject({ error: { code: 'invalid' } });
    dataOf(await page.join('general'));
    emit(page, 'message:send', { room: 'general', id: 'message-1', text: 'unasked' });
    emit(page, 'message:send');
    emit(page, 'room:join', { room: 'none' });
    await until(() => page.texts('general').includes('unasked'));
  });

  it('that there is not is not answered, and harms nobody', async () => {
    for (const name of ['error', 'message', 'messages', 'drain', '__proto__', 'constructor', 'toString', ''])
      emit(page, name, {});
    expect(await page.join('general')).toHaveProperty('data');
  });

  it('that fails inside is told as unavailable, and nothing of the inside', async () => {
    const append = jest.spyOn(chat.chat.store.log, 'append').mockRejectedValueOnce(new Error('hush: 10.0.0.7 refused'));
    const result = await page.send('general', 'hello');
    append.mockRestore();
    expect(result).toMatchObject({ error: { code: 'unavailable', retryAfterMs: 1_000 } });
    expect(JSON.stringify(result)).not.toContain('hush');
  });
});

describe('one connection', () => {
  it('may send so many events in a second; what is more is refused and ends nothing', async () => {
    const results = await Promise.all(Array.from({ length: 350 }, () => page.ask('room:typing', { room: 'general' })));
    const refused = results.filter((result) => 'error' in result && result.error.code === 'too-many');
    expect(refused.length).toBeGreaterThan(0);
    expect(results.length - refused.length).toBeGreaterThanOrEqual(100);
    expect(refused[0]).toEqual({
      error: { code: 'too-many', message: 'This page sends too many requests.', retryAfterMs: 1_000 },
    });
    expect(page.ended).toBeUndefined();
  });

  it('leaves its rooms when it ends', async () => {
    const ben = await chat.register();
    const { id } = await directRoom(ana, ben);
    const before = chat.chat.feeds.size;
    for (const room of ['general', id]) dataOf(await page.join(room));
    expect(chat.chat.feeds.size).toBe(before + 2);
    page.close();
    await until(() => chat.chat.feeds.size === before);
  });

  it('that ends while it enters a room leaves nothing behind', async () => {
    const { id } = await newRoom(ana);
    const { feeds, presence } = chat.chat;
    const acquire = feeds.acquire.bind(feeds);
    let enter = () => {};
    const entered = new Promise<void>((resolve) => {
      enter = resolve;
    });
    const acquiring = jest.spyOn(feeds, 'acquire').mockImplementation((room) => entered.then(() => acquire(room)));
    const releasing = jest.spyOn(feeds, 'release');
    const leaving = jest.spyOn(presence, 'leave');
    emit(page, 'room:join', { room: id });
    await until(() => acquiring.mock.calls.length === 1);
    page.close();
    await until(() => leaving.mock.calls.length === 1);
    expect(releasing).not.toHaveBeenCalled();
    enter();
    await until(() => releasing.mock.calls.length === 1);
    expect(releasing).toHaveBeenCalledWith(id);
    for (const spy of [acquiring, releasing, leaving]) spy.mockRestore();
  });

  it('that says more than one message can be is cut', async () => {
    emit(page, 'message:send', { room: 'general', id: 'message-1', text: 'x'.repeat(20_000) });
    await until(() => page.ended !== undefined);
    expect(page.ended).toBe('transport close');
  });

  it('speaks Engine.IO or is cut', async () => {
    const raw = await RawSocket.open(chat.url, { origin: ana.origin, cookie: ana.cookie });
    raw.send('no such packet');
    await until(() => raw.closed);
  });

  it('by polling does what one by WebSocket does', async () => {
    const polling = await ana.connect({ transports: ['polling'] });
    dataOf(await polling.join('general'));
    dataOf(await polling.send('general', 'by polling'));
    await until(() => polling.texts('general').includes('by polling'));
    polling.close();
  });

  it('may change from polling to WebSocket and lose nothing', async () => {
    const changing = await ana.connect({ transports: ['polling', 'websocket'] });
    await until(() => changing.socket.io.engine.transport.name === 'websocket');
    dataOf(await changing.join('general'));
    dataOf(await changing.send('general', 'after the change'));
    await until(() => changing.texts('general').includes('after the change'));
    changing.close();
  });
});
