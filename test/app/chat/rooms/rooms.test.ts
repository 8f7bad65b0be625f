import { randomUUID } from 'node:crypto';
import type { PublicRoom, Room } from '../../../../app/chat/src/events';
import { runChat, type TestChat, uniqueName } from '../../../support/chat';
import { dataOf, directRoom, type Member, newRoom } from '../../../support/chat-browser';
import { until } from '../../../support/until';

jest.setTimeout(30_000);

let chat: TestChat;
let ana: Member;
let ben: Member;
let eve: Member;
beforeAll(async () => {
  chat = await runChat();
});
beforeEach(async () => {
  [ana, ben, eve] = [
    await chat.register(),
    await chat.register(uniqueName('Ben')),
    await chat.register(uniqueName('Eve')),
  ];
});

const roomsOf = async (member: Member): Promise<Room[]> => (await member.get('/rooms')).body.rooms;

describe('a public room', () => {
  it('has its maker as its first member', async () => {
    const name = uniqueName('Garden');
    const { status, body } = await ana.post('/rooms', { name: `  ${name} ` });
    expect(status).toBe(201);
    expect(body.room).toEqual({
      id: expect.any(String),
      kind: 'public',
      name,
      epoch: expect.stringMatching(/^\w+$/),
      head: 0,
      read: 0,
    });
    expect(await roomsOf(ana)).toContainEqual(body.room);
    expect((await roomsOf(ben)).map(({ id }) => id)).toEqual(['general']);
  });

  it('is joined by its name, in any case, as often as one likes', async () => {
    const room = await newRoom(ana);
    for (let time = 0; time < 2; time += 1) {
      const { status, body } = await ben.post('/rooms/join', { name: room.name.toUpperCase() });
      expect([status, body.room]).toEqual([200, { ...room }]);
    }
    expect(await roomsOf(ben)).toHaveLength(2);
  });

  it('is listed for everybody, with whether they are in it, page after page', async () => {
    for (let count = 0; count < 101; count += 1) await chat.chat.store.rooms.createPublic(randomUUID(), `Zoo ${count}`);
    const { name } = await newRoom(ana);
    const listed = async (member: Member) => {
      const rooms: PublicRoom[] = [];
      for (let after: string | undefined = ''; after !== undefined; ) {
        const { body } = await member.get(`/rooms/public?after=${encodeURIComponent(after)}`);
        expect(body.rooms.length).toBeLessThanOrEqual(100);
        rooms.push(...body.rooms);
        after = body.next;
      }
      expect(new Set(rooms.map(({ id }) => id)).size).toBe(rooms.length);
      return rooms.find((room) => room.name === name);
    };
    expect(await listed(ana)).toMatchObject({ member: true });
    expect(await listed(ben)).toMatchObject({ member: false });
  });

  it.each([
    ['is taken', async () => (await newRoom(ben)).name.toUpperCase(), 409, 'taken'],
    ['is General', async () => 'general', 409, 'taken'],
    ['is none', async () => '<b>', 400, 'invalid'],
    ['is too long', async () => 'x'.repeat(41), 400, 'invalid'],
  ])('is not made where its name %s', async (_, name, status, code) => {
    const answer = await ana.post('/rooms', { name: await name() });
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(await roomsOf(ana)).toHaveLength(1);
  });

  it('is not joined where there is none of the name', async () => {
    const { status, body } = await ana.post('/rooms/join', { name: uniqueName('None') });
    expect([status, body.error.code]).toEqual([404, 'not-found']);
  });

  it('is made so often, then no more for a while', async () => {
    for (let count = 0; count < 20; count += 1) await newRoom(ana);
    const { status, body } = await ana.post('/rooms', { name: uniqueName('Late') });
    expect([status, body.error.code]).toEqual([429, 'too-many']);
  });
});

describe('a direct room', () => {
  it('is one for the two of them, whoever asks first; each sees the other’s name', async () => {
    const first = await directRoom(ana, ben);
    const second = await directRoom(ben, ana);
    expect(first).toMatchObject({ kind: 'direct', name: ben.account.name, with: ben.account });
    expect(second).toMatchObject({ id: first.id, kind: 'direct', name: ana.account.name, with: ana.account });
    expect((await roomsOf(ben)).map(({ id }) => id)).toContain(first.id);
  });

  it('is told to the other at once, in the words that are right for them', async () => {
    const connection = await ben.connect();
    const { id } = await directRoom(ana, ben);
    await until(() => connection.told('room:new').length === 1);
    expect(connection.told('room:new')).toEqual([
      expect.objectContaining({ id, name: ana.account.name, with: ana.account }),
    ]);
  });

  it.each([
    ['oneself', async () => ana.account.id, 400, 'invalid'],
    ['nobody', async () => randomUUID(), 404, 'not-found'],
    ['what is no id', async () => 'a:b', 400, 'invalid'],
    ['a list', async () => [ben.account.id], 400, 'invalid'],
  ])('is not made with %s', async (_, user, status, code) => {
    const answer = await ana.post('/rooms/direct', { user: await user() });
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
  });

  it('does not exist for anybody else: no route and no event tells of it', async () => {
    const watching = await eve.connect();
    await watching.join('general');
    const { id } = await directRoom(ana, ben);
    const talking = await ana.connect();
    dataOf(await talking.join(id));
    dataOf(await talking.send(id, 'between us'));
    dataOf(await talking.send('general', 'good morning'));
    await until(() => watching.texts('general').length === 1);

    const unknown = { error: { code: 'not-found', message: 'There is no such room, or you are not in it.' } };
    for (const room of [id, `${randomUUID()}.${randomUUID()}`]) {
      expect(await watching.join(room)).toEqual(unknown);
      expect(await watching.join(room, { after: 0 })).toEqual(unknown);
      expect(await watching.send(room, 'let me in')).toEqual(unknown);
      expect(await watching.ask('room:read', { room, seq: 1 })).toEqual(unknown);
      expect(await watching.ask('room:typing', { room })).toEqual(unknown);
      const { status, body } = await eve.get(`/rooms/${room}/messages`);
      expect([status, body]).toEqual([404, unknown]);
      expect((await eve.post('/rooms/join', { name: room })).status).toBeGreaterThanOrEqual(400);
    }
    const told = [await eve.get('/rooms'), await eve.get('/rooms/public'), await eve.get('/users')].map(
      ({ body }) => body,
    );
    expect(JSON.stringify([told, watching.events])).not.toMatch(new RegExp(`${id}|between us`));
    expect((await ana.get(`/rooms/${id}/messages`)).body.messages).toHaveLength(1);
  });
});

describe('my rooms', () => {
  it('are by name, upper and lower case taken for one', async () => {
    const names = ['b', 'C', 'a'].map((letter) => `${letter}${uniqueName('x')}`);
    for (const name of names) await newRoom(ana, name);
    const listed = (await roomsOf(ana)).map(({ name }) => name);
    expect(listed).toEqual([...listed].sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)));
    expect(listed).toHaveLength(4);
  });

  it('say where they stand and how far one has read', async () => {
    const room = await newRoom(ana);
    const connection = await ana.connect();
    dataOf(await connection.send(room.id, 'one'));
    dataOf(await connection.send(room.id, 'two'));
    expect(await connection.ask('room:read', { room: room.id, seq: 1 })).toEqual({ data: null });
    expect(await roomsOf(ana)).toContainEqual({ ...room, head: 2, read: 1 });
  });

  it('are told to every page of mine when one of them joins', async () => {
    const page = await ben.connect();
    const room = await newRoom(ana);
    await ben.post('/rooms/join', { name: room.name });
    await until(() => page.told('room:new').length === 1);
    expect(page.told('room:new')).toEqual([room]);
  });
});

it.each([
  ['/rooms', { name: 'Garden', kind: 'direct' }],
  ['/rooms/join', { name: 'General', user: 'x' }],
  ['/rooms/direct', { user: 'x', room: 'general' }],
])('%s refuses unknown fields', async (path, body) => {
  const answer = await ana.post(path, body);
  expect([answer.status, answer.body.error.message]).toEqual([400, expect.stringMatching(/^Unknown field /)]);
});
