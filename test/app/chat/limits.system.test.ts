/** Limits of one person over two processes that share a real Redis. */
import { runChat, SESSION_KEY, type TestChat } from '../../support/chat';
import { dataOf, PASSWORD } from '../../support/chat-browser';
import { startRedis } from '../../support/redis';

jest.setTimeout(60_000);

let pods: [TestChat, TestChat];
beforeAll(async () => {
  const { url } = await startRedis();
  const settings = { REDIS_URL: url, SESSION_KEY, MESSAGE_LIMIT: 6 };
  pods = [await runChat(settings), await runChat(settings)];
});

/** A person at both processes, with one session. */
async function atBoth() {
  const here = await pods[0].register();
  const there = Object.assign(pods[1].visitor(), { cookie: here.cookie });
  return { here, there };
}

describe('over two processes', () => {
  it('a person sends so many messages, wherever they are connected', async () => {
    const { here, there } = await atBoth();
    const pages = [await here.connect(), await there.connect()];
    for (const page of [...pages, ...pages, ...pages]) dataOf(await page.send('general', 'x'));
    for (const page of pages) {
      expect(await page.send('general', 'x')).toMatchObject({
        error: { code: 'too-many', retryAfterMs: expect.any(Number) },
      });
    }
    const { body } = await here.get('/rooms/general/messages');
    expect(body.messages).toHaveLength(6);
  });

  it('one password is guessed so often, wherever one asks', async () => {
    const { account } = await pods[0].register();
    const guess = (at: number, password: string) =>
      pods[at % 2]?.visitor().post('/login', { name: account.name, password });
    for (let count = 0; count < 10; count += 1) expect((await guess(count, 'not the password'))?.status).toBe(401);
    expect([(await guess(0, PASSWORD))?.status, (await guess(1, PASSWORD))?.status]).toEqual([429, 429]);
  });

  it('one network makes so many accounts', async () => {
    const { url } = await startRedis();
    const settings = { REDIS_URL: url, SESSION_KEY, ADDRESS_LIMIT_FACTOR: 1 };
    const narrow = [await runChat(settings), await runChat(settings)];
    for (let count = 0; count < 20; count += 1) await narrow[count % 2]?.register();
    for (const pod of narrow) await expect(pod.register()).rejects.toThrow('429');
  });
});
