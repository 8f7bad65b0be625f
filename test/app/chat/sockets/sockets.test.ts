import { runChat, uniqueName } from '../../../support/chat';
import { dataOf, newRoom } from '../../../support/chat-browser';
import { until } from '../../../support/until';

jest.setTimeout(30_000);

describe('a person', () => {
  it('has so many connections to one process; the oldest gives way, and nobody else’s', async () => {
    const chat = await runChat({ CONNECTIONS_PER_USER: 2 });
    const [ana, ben] = [await chat.register(), await chat.register()];
    const other = await ben.connect();
    const pages = [await ana.connect(), await ana.connect()];
    const newest = await ana.connect();
    await until(() => pages[0]?.ended !== undefined);
    expect(pages[0]?.ended).toBe('transport close');
    for (const page of [pages[1], newest, other]) expect(await page?.join('general')).toHaveProperty('data');
  });

  it('who comes and goes is told to everybody who is connected', async () => {
    const chat = await runChat();
    const [ana, ben] = [await chat.register(), await chat.register()];
    const page = await ana.connect();
    const other = await ben.connect();
    const toldOf = (online: boolean) => () =>
      page
        .told('presence')
        .flat()
        .some((person) => person.id === ben.account.id && person.online === online);
    await until(toldOf(true));
    other.close();
    await until(toldOf(false));
    for (const person of page.told('presence').flat())
      expect(Object.keys(person).sort()).toEqual(['id', 'name', 'online']);
  });
});

describe('an open connection', () => {
  const onlyIntervals = [
    'Date',
    'hrtime',
    'nextTick',
    'performance',
    'queueMicrotask',
    'setImmediate',
    'clearImmediate',
    'setTimeout',
    'clearTimeout',
  ] as const;
  afterEach(() => {
    jest.useRealTimers();
  });

  it('is cut within a minute of the end of its session, though nobody told of that', async () => {
    jest.useFakeTimers({ doNotFake: [...onlyIntervals] });
    const chat = await runChat();
    const [ana, ben] = [await chat.register(), await chat.register()];
    const [dead, living] = [await ana.connect(), await ben.connect()];
    const session = await chat.chat.sessions.find(ana.cookie.slice('chat='.length));
    await chat.chat.sessions.end(session?.key as string);
    expect(await dead.join('general')).toHaveProperty('data');
    jest.advanceTimersByTime(60_000);
    await until(() => dead.ended !== undefined);
    expect(dead.ended).toBe('io server disconnect');
    expect(await living.join('general')).toHaveProperty('data');
  });
});

describe('what a room says', () => {
  it('reaches those who have joined it, in one order, and nobody else', async () => {
    const chat = await runChat({ MESSAGE_LIMIT: 1_000 });
    const [ana, ben, eve] = [await chat.register(), await chat.register(), await chat.register()];
    const room = await newRoom(ana, uniqueName('Room'));
    await ben.post('/rooms/join', { name: room.name });
    const [one, other, stranger] = [await ana.connect(), await ben.connect(), await eve.connect()];
    for (const page of [one, other]) dataOf(await page.join(room.id));
    dataOf(await stranger.join('general'));
    await Promise.all(
      [one, other].flatMap((page) => Array.from({ length: 40 }, () => page.send(room.id, uniqueName('said')))),
    );
    for (const page of [one, other]) await until(() => page.texts(room.id).length === 80);
    expect(one.texts(room.id)).toEqual(other.texts(room.id));
    dataOf(await stranger.send('general', 'end'));
    await until(() => stranger.texts('general').includes('end'));
    expect(JSON.stringify(stranger.events)).not.toMatch(new RegExp(`said|${room.id}`));
  });
});
