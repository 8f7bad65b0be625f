/** Several processes on one real Redis: what one does, the others know. */
import { runChat, SESSION_KEY, type TestChat } from '../../support/chat';
import { dataOf, directRoom, type Member, newRoom } from '../../support/chat-browser';
import { startRedis } from '../../support/redis';
import { until } from '../../support/until';

jest.setTimeout(60_000);

let redis: Awaited<ReturnType<typeof startRedis>>;
let pods: [TestChat, TestChat];
beforeAll(async () => {
  redis = await startRedis();
  const settings = { REDIS_URL: redis.url, SESSION_KEY, MESSAGE_LIMIT: 10_000 };
  pods = [await runChat(settings), await runChat(settings)];
});

/** The same browser at the other process. */
const elsewhere = (member: Member): Member =>
  Object.assign(pods[1].visitor(), { cookie: member.cookie, account: member.account });

describe('two processes', () => {
  it('know one login, and both forget it', async () => {
    const ana = await pods[0].register();
    const there = elsewhere(ana);
    expect((await there.get('/me')).body.account).toEqual(ana.account);
    await there.post('/logout');
    expect((await ana.get('/me')).status).toBe(401);
  });

  it('cut the connections of a session that ended on the other one, and no others', async () => {
    const [ana, ben] = [await pods[0].register(), await pods[0].register()];
    const [page, other] = [await ana.connect(), await ben.connect()];
    await elsewhere(ana).post('/logout');
    await until(() => page.ended !== undefined);
    expect(page.ended).toBe('io server disconnect');
    expect(await other.join('general')).toHaveProperty('data');
  });

  it('bring a room’s messages to both, in one order', async () => {
    const [ana, ben] = [await pods[0].register(), await pods[1].register()];
    const room = await newRoom(ana);
    await ben.post('/rooms/join', { name: room.name });
    const pages = [await ana.connect(), await ben.connect()];
    for (const page of pages) dataOf(await page.join(room.id));
    const sent = pages.flatMap((page) => Array.from({ length: 40 }, (_, at) => page.send(room.id, `${at}`)));
    const seqs = (await Promise.all(sent)).map((result) => dataOf(result).seq).sort((a, b) => a - b);
    expect(seqs).toEqual(Array.from({ length: 80 }, (_, at) => at + 1));
    for (const page of pages) await until(() => page.texts(room.id).length === 80);
    const [one, other] = pages.map((page) => page.batches.flatMap(({ messages }) => messages));
    expect(one).toEqual(other);
    expect(one?.map(({ seq }) => seq)).toEqual(seqs);
  });

  it('tell who is here, typing and new rooms of the other one', async () => {
    const [ana, ben] = [await pods[0].register(), await pods[1].register()];
    const [page, other] = [await ana.connect(), await ben.connect()];
    await until(() =>
      page
        .told('presence')
        .flat()
        .some(({ id, online }) => id === ben.account.id && online),
    );
    const { id } = await directRoom(ben, ana);
    await until(() => page.told('room:new').some((room) => room.id === id));
    for (const one of [page, other]) dataOf(await one.join(id));
    await other.ask('room:typing', { room: id });
    await until(() => page.told('typing').length === 1);
    expect(page.told('typing')).toEqual([{ room: id, account: ben.account }]);
    other.close();
    await until(() =>
      page
        .told('presence')
        .flat()
        .some(({ id: left, online }) => left === ben.account.id && !online),
    );
  });

  it('make an account of one name once', async () => {
    const name = `Race-${Date.now()}`;
    const tries = await Promise.allSettled([...pods, ...pods].map((pod) => pod.register(name)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('show a hash to nobody', async () => {
    const ana = await pods[0].register();
    const ben = await pods[1].register();
    const page = await ana.connect();
    const room = await directRoom(ana, ben);
    dataOf(await page.join(room.id));
    const answers = [];
    for (const path of ['/me', '/users', '/rooms', '/rooms/public', `/rooms/${room.id}/messages`])
      answers.push((await ana.get(path)).body);
    expect(JSON.stringify([answers, page.events, room])).not.toMatch(/argon2|hash|session/);
  });
});

describe('a Redis that goes away', () => {
  it('costs a refusal and no connection; when it is back nothing is missing', async () => {
    const ana = await pods[0].register();
    const room = await newRoom(ana);
    const page = await ana.connect();
    dataOf(await page.join(room.id));
    dataOf(await page.send(room.id, 'before'));
    await redis.kill();
    const refused = await page.send(room.id, 'meanwhile', 'message-meanwhile');
    expect(refused).toMatchObject({ error: { code: 'unavailable' } });
    expect((await ana.get('/me')).status).toBe(503);
    expect((await fetch(`${pods[0].url}/health`)).status).toBe(200);
    expect((await fetch(pods[0].url)).status).toBe(200);
    await redis.restart();
    await until(async () => 'data' in (await page.send(room.id, 'meanwhile', 'message-meanwhile')));
    await until(() => page.texts(room.id).includes('meanwhile'));
    expect(page.texts(room.id)).toEqual(['before', 'meanwhile']);
    expect(page.ended).toBeUndefined();
  });
});
