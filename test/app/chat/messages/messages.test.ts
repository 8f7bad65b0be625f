import { randomUUID } from 'node:crypto';
import type { Message } from '../../../../app/chat/src/events';
import { runChat, type TestChat } from '../../../support/chat';
import { type Connection, dataOf, type Member, newRoom } from '../../../support/chat-browser';
import { until } from '../../../support/until';

jest.setTimeout(30_000);

let chat: TestChat;
let ana: Member;
let ben: Member;
let page: Connection;
let room: string;
beforeAll(async () => {
  chat = await runChat({ MESSAGE_LIMIT: 100_000 });
});
beforeEach(async () => {
  ana = await chat.register();
  ben = await chat.register();
  page = await ana.connect();
  const made = await newRoom(ana);
  room = made.id;
  await ben.post('/rooms/join', { name: made.name });
});

/** Stores messages as somebody else, from 1 on. */
async function fill(count: number): Promise<void> {
  for (let seq = 1; seq <= count; seq += 1) {
    const draft = { id: randomUUID(), author: ben.account.id, name: ben.account.name, text: String(seq), at: seq };
    await chat.chat.store.log.append(room, draft, 0);
  }
}
const seqs = (messages: readonly Message[]) => messages.map(({ seq }) => seq);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('a message', () => {
  it('is acknowledged with its place when it is stored, and comes to everybody in the room, its author included', async () => {
    const other = await ben.connect();
    for (const connection of [page, other]) dataOf(await connection.join(room));
    const before = Date.now();
    const stored = dataOf(await page.send(room, 'good morning', 'message-1'));
    expect(stored).toEqual({ seq: 1, epoch: expect.any(String), at: expect.any(Number) });
    const { messages } = await chat.chat.store.log.after(room, 0, 10);
    expect(messages).toEqual([
      {
        seq: 1,
        id: 'message-1',
        author: ana.account.id,
        name: ana.account.name,
        text: 'good morning',
        at: expect.any(Number),
      },
    ]);
    expect(messages[0]?.at).toBeGreaterThanOrEqual(before);
    for (const connection of [page, other]) {
      await until(() => connection.batches.length === 1);
      expect(connection.batches).toEqual([{ room, epoch: stored.epoch, messages }]);
    }
  });

  it('that is sent again under its id keeps its place and comes once', async () => {
    await page.join(room);
    const first = dataOf(await page.send(room, 'hello', 'message-1'));
    expect(dataOf(await page.send(room, 'changed', 'message-1'))).toEqual(first);
    dataOf(await page.send(room, 'end'));
    await until(() => page.texts(room).includes('end'));
    expect(page.texts(room)).toEqual(['hello', 'end']);
  });

  it('of another person may have the same id', async () => {
    const other = await ben.connect();
    expect(dataOf(await page.send(room, 'mine', 'message-1')).seq).toBe(1);
    expect(dataOf(await other.send(room, 'theirs', 'message-1')).seq).toBe(2);
  });

  it('has its author from the session, whatever the sender says', async () => {
    const result = await page.ask('message:send', { room, id: 'message-1', text: 'x', author: ben.account.id });
    expect(result).toEqual({ error: { code: 'invalid', message: 'Unknown field author.' } });
  });

  it.each([
    ['no text', { text: '' }],
    ['nothing to see', { text: ' \n' }],
    ['too much text', { text: 'x'.repeat(4_001) }],
    ['a text that is none', { text: { toString: 'x' } }],
    ['a short id', { id: 'x' }],
    ['no id', { id: undefined }],
    ['a room that is none', { room: 'a:b' }],
    ['a list for a room', { room: ['general'] }],
  ])('is refused with %s, and nothing is stored', async (_, fields) => {
    const result = await page.ask('message:send', { room, id: randomUUID(), text: 'x', ...fields });
    expect(result).toMatchObject({ error: { code: 'invalid' } });
    expect((await chat.chat.store.log.heads([room]))[0]?.seq).toBe(0);
  });

  it('may have 4000 characters of any script', async () => {
    dataOf(await page.join(room));
    const text = '語'.repeat(4_000);
    dataOf(await page.send(room, text));
    await until(() => page.texts(room).includes(text));
  });
});

describe('sending too fast', () => {
  it('is refused with the time to wait; reading goes on', async () => {
    const slow = await runChat({ MESSAGE_LIMIT: 2 });
    const member = await slow.register();
    const [one, other] = [await member.connect(), await member.connect()];
    dataOf(await one.send('general', '1'));
    dataOf(await other.send('general', '2'));
    expect(await one.send('general', '3')).toEqual({
      error: {
        code: 'too-many',
        message: expect.stringMatching(/^You are sending too fast\./),
        retryAfterMs: expect.any(Number),
      },
    });
    expect(dataOf(await one.join('general')).messages).toHaveLength(2);
  });
});

describe('joining a room', () => {
  it('shows its newest messages, oldest first', async () => {
    await fill(60);
    const joined = dataOf(await page.join(room));
    expect(joined).toMatchObject({ room, head: 60, resumed: false });
    expect(seqs(joined.messages)).toEqual(range(11, 60));
  });

  it('of which one has a part brings what is missing, 200 at a time', async () => {
    await fill(450);
    const { epoch } = dataOf(await page.join(room));
    const first = dataOf(await page.join(room, { after: 30, epoch }));
    expect([first.resumed, first.head, seqs(first.messages)]).toEqual([true, 450, range(31, 230)]);
    const last = dataOf(await page.join(room, { after: 430, epoch }));
    expect([last.resumed, seqs(last.messages)]).toEqual([true, range(431, 450)]);
    const none = dataOf(await page.join(room, { after: 450, epoch }));
    expect([none.resumed, none.messages]).toEqual([true, []]);
  });

  it.each([
    ['another epoch', () => ({ after: 3, epoch: 'another' })],
    ['no epoch', () => ({ after: 3 })],
    ['a number that is not there yet', (epoch: string) => ({ after: 6, epoch })],
  ])('anew is answered where somebody comes with %s', async (_, from) => {
    await fill(5);
    const { epoch } = dataOf(await page.join(room));
    const joined = dataOf(await page.join(room, from(epoch)));
    expect([joined.resumed, seqs(joined.messages), joined.epoch]).toEqual([false, range(1, 5), epoch]);
  });

  it('anew is answered where the room no longer has what is missing', async () => {
    const short = await runChat({ HISTORY_LENGTH: 100 });
    const member = await short.register();
    const connection = await member.connect();
    for (let count = 1; count <= 120; count += 1) {
      await short.chat.store.log.append(
        'general',
        { id: randomUUID(), author: 'x', name: 'X', text: String(count), at: 0 },
        0,
      );
    }
    const { epoch } = dataOf(await connection.join('general'));
    const joined = dataOf(await connection.join('general', { after: 10, epoch }));
    expect([joined.resumed, seqs(joined.messages)]).toEqual([false, range(71, 120)]);
  });

  it('twice brings each message once', async () => {
    const before = chat.chat.feeds.size;
    await Promise.all([page.join(room), page.join(room)]);
    dataOf(await page.send(room, 'hello'));
    dataOf(await page.send(room, 'end'));
    await until(() => page.texts(room).includes('end'));
    expect(page.texts(room)).toEqual(['hello', 'end']);
    expect(chat.chat.feeds.size).toBe(before + 1);
    page.close();
    await until(() => chat.chat.feeds.size === before);
  });

  it('leaves no hole between what it answers and what comes live', async () => {
    const other = await ben.connect();
    let talking = true;
    const talk = (async () => {
      for (let count = 0; talking; count += 1) dataOf(await other.send(room, String(count)));
    })();
    await until(() => other.socket.connected);
    const joined = dataOf(await page.join(room));
    await until(() => page.batches.length > 3);
    talking = false;
    await talk;
    const live = page.batches.flatMap(({ messages }) => messages).filter(({ seq }) => seq > joined.head);
    expect(seqs([...joined.messages, ...live])).toEqual(range(joined.messages[0]?.seq ?? 1, live.at(-1)?.seq ?? 0));
  });
});

describe('history', () => {
  const read = async (query: string, member = ana) => (await member.get(`/rooms/${room}/messages${query}`)).body;

  it('comes newest first, page after page, to its beginning', async () => {
    await fill(120);
    const pages = [];
    for (let query: string | undefined = ''; query !== undefined; ) {
      const body = await read(query);
      expect(body.epoch).toEqual(expect.any(String));
      pages.push(seqs(body.messages));
      query = body.next === undefined ? undefined : `?before=${body.next}`;
    }
    expect(pages).toEqual([range(71, 120).reverse(), range(21, 70).reverse(), range(1, 20).reverse()]);
  });

  it('has no next page where the first message is on this one', async () => {
    await fill(50);
    expect(await read('')).not.toHaveProperty('next');
    expect(seqs((await read('?before=3&limit=1')).messages)).toEqual([2]);
    expect((await read('?before=3&limit=1')).next).toBe(2);
    expect((await read('?before=1')).messages).toEqual([]);
  });

  it.each([
    '?limit=0',
    '?limit=101',
    '?limit=x',
    '?before=-1',
    '?before=1.5',
    '?before=1e99',
    '?after=1',
    '?limit=1&limit=2',
    '?room=general',
  ])('is refused with %s, or reads this room all the same', async (query) => {
    const { status, body } = await ana.get(`/rooms/${room}/messages${query}`);
    if (query === '?room=general') expect(body.messages).toEqual([]);
    else expect([status, body.error.code]).toEqual([400, 'invalid']);
  });

  it('of a room that one is not in is not told', async () => {
    const eve = await chat.register();
    await fill(1);
    expect(await read('', eve)).toEqual({ error: { code: 'not-found', message: expect.any(String) } });
  });
});

describe('what was read', () => {
  const readUpTo = async () => {
    const { body } = await ana.get('/rooms');
    return body.rooms.find(({ id }: { id: string }) => id === room).read;
  };

  it('goes forward only, and not beyond the newest message', async () => {
    await fill(5);
    const seen = [];
    for (const seq of [3, 2, 99]) {
      expect(await page.ask('room:read', { room, seq })).toEqual({ data: null });
      seen.push(await readUpTo());
    }
    expect(seen).toEqual([3, 3, 5]);
  });

  it.each([-1, 1.5, '3', null, 2 ** 53])('cannot be %j', async (seq) => {
    expect(await page.ask('room:read', { room, seq })).toMatchObject({ error: { code: 'invalid' } });
  });
});

describe('typing', () => {
  it('is told to the others in the room, and not to who types', async () => {
    const other = await ben.connect();
    const eve = await (await chat.register()).connect();
    for (const connection of [page, other]) dataOf(await connection.join(room));
    dataOf(await eve.join('general'));
    expect(await page.ask('room:typing', { room })).toEqual({});
    await until(() => other.told('typing').length === 1);
    expect(other.told('typing')).toEqual([{ room, account: ana.account }]);
    expect([page.told('typing'), eve.told('typing')]).toEqual([[], []]);
  });

  it('is refused where one has not joined the room', async () => {
    expect(await page.ask('room:typing', { room })).toMatchObject({ error: { code: 'not-found' } });
  });
});
