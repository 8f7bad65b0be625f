import { ORIGIN, runChat, type TestChat, uniqueName } from '../../../support/chat';
import { Browser, PASSWORD } from '../../../support/chat-browser';
import { until } from '../../../support/until';

jest.setTimeout(30_000);

let chat: TestChat;
beforeAll(async () => {
  chat = await runChat();
});

const cookieOf = (headers: Headers): string => headers.getSetCookie().join('\n');

describe('a session', () => {
  it('begins with an account, in a cookie that scripts and other sites do not get', async () => {
    const { headers, status, body } = await chat
      .visitor()
      .post('/register', { name: uniqueName(), password: PASSWORD });
    expect(status).toBe(201);
    expect(Object.keys(body.account)).toEqual(['id', 'name']);
    expect(cookieOf(headers)).toMatch(/^chat=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  it('is another at each login, and the one before is dead', async () => {
    const ana = await chat.register();
    const ids = [ana.cookie];
    for (let login = 0; login < 2; login += 1) {
      expect((await ana.post('/login', { name: ana.account.name, password: PASSWORD })).status).toBe(200);
      ids.push(ana.cookie);
    }
    expect(new Set(ids).size).toBe(3);
    const statuses = [];
    for (const id of ids) {
      ana.cookie = id;
      statuses.push((await ana.get('/me')).status);
    }
    expect(statuses).toEqual([401, 401, 200]);
  });

  it('is never one that the browser brought: nobody can fix it before the login', async () => {
    const ana = await chat.register();
    const fixed = `chat=${'A'.repeat(43)}`;
    const victim = chat.visitor();
    victim.cookie = fixed;
    await victim.post('/login', { name: ana.account.name, password: PASSWORD });
    expect(victim.cookie).not.toBe(fixed);
    const attacker = chat.visitor();
    attacker.cookie = fixed;
    expect((await attacker.get('/me')).status).toBe(401);
  });

  it('of somebody else ends where a second person logs in at the same browser', async () => {
    const [ana, ben] = [await chat.register(), await chat.register()];
    const before = ana.cookie;
    await ana.post('/login', { name: ben.account.name, password: PASSWORD });
    expect((await ana.get('/me')).body.account).toEqual(ben.account);
    ana.cookie = before;
    expect((await ana.get('/me')).status).toBe(401);
  });

  it('stays as it is when a login fails', async () => {
    const ana = await chat.register();
    expect((await ana.post('/login', { name: ana.account.name, password: 'not the one' })).status).toBe(401);
    expect((await ana.get('/me')).status).toBe(200);
  });

  it('ends with the logout: cookie forgotten, session gone, sockets cut', async () => {
    const ana = await chat.register();
    const before = ana.cookie;
    const connection = await ana.connect();
    const { status, headers, body } = await ana.post('/logout');
    expect([status, body]).toEqual([204, '']);
    expect(cookieOf(headers)).toBe('chat=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict');
    ana.cookie = before;
    expect((await ana.get('/me')).status).toBe(401);
    await until(() => connection.ended !== undefined);
    expect(connection.ended).toBe('io server disconnect');
  });

  it('of another browser of the same person lives on after a logout', async () => {
    const ana = await chat.register();
    const other = chat.visitor();
    await other.post('/login', { name: ana.account.name, password: PASSWORD });
    const connection = await other.connect();
    await ana.post('/logout');
    expect((await other.get('/me')).status).toBe(200);
    expect(connection.ended).toBeUndefined();
  });

  it('can be logged out of twice, and without one', async () => {
    const visitor = chat.visitor();
    expect((await visitor.post('/logout')).status).toBe(204);
  });

  it('lasts in the browser from its last use: whoever opens the page gets the same cookie for another lifetime', async () => {
    const ana = await chat.register();
    const before = ana.cookie;
    const { headers } = await ana.get('/me');
    expect(cookieOf(headers)).toMatch(/Max-Age=604800/);
    expect(ana.cookie).toBe(before);
  });

  it('cannot be made from what the store keeps', async () => {
    const ana = await chat.register();
    const id = ana.cookie.slice('chat='.length);
    const key = (await chat.chat.sessions.find(id))?.key as string;
    ana.cookie = `chat=${key}`;
    expect((await ana.get('/me')).status).toBe(401);
  });
});

describe('over TLS', () => {
  it('the cookie is Secure and bound to this very host', async () => {
    const secure = await runChat({ ORIGINS: ['https://chat.example.com'], COOKIE_SECURE: true });
    const visitor = secure.visitor();
    const { headers } = await visitor.post('/register', { name: uniqueName(), password: PASSWORD });
    expect(cookieOf(headers)).toMatch(
      /^__Host-chat=[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect((await visitor.get('/me')).status).toBe(200);
    visitor.cookie = visitor.cookie.replace('__Host-', '');
    expect((await visitor.get('/me')).status).toBe(401);
  });
});

describe('a request that changes something', () => {
  const paths = ['/register', '/login', '/logout', '/rooms', '/rooms/join', '/rooms/direct', '/nothing'];
  const foreign: Record<string, string>[] = [
    {},
    { origin: 'https://evil.example.com' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site', origin: ORIGIN },
    { referer: 'https://evil.example.com/' },
  ];

  it.each(paths)('%s is refused where it does not come from our page', async (path) => {
    const ana = await chat.register();
    for (const headers of foreign) {
      const { status, body } = await ana.post(path, {}, headers);
      expect([headers, status, body.error.code]).toEqual([headers, 403, 'forbidden']);
    }
    expect((await ana.get('/me')).status).toBe(200);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s as well', async (method) => {
    const { status } = await chat.visitor().ask(method, '/rooms', undefined, { origin: 'https://evil.example.com' });
    expect(status).toBe(403);
  });

  it.each<Record<string, string>>([{ origin: ORIGIN }, { 'sec-fetch-site': 'same-origin' }, { referer: `${ORIGIN}/` }])(
    'is taken with %j',
    async (headers) => {
      const { status } = await (await chat.register()).post('/rooms', { name: uniqueName('Room') }, headers);
      expect(status).toBe(201);
    },
  );
});

describe('a stranger', () => {
  const paths: [method: 'get' | 'post', path: string][] = [
    ['get', '/me'],
    ['get', '/users'],
    ['get', '/rooms'],
    ['get', '/rooms/public'],
    ['get', '/rooms/general/messages'],
    ['post', '/rooms'],
    ['post', '/rooms/join'],
    ['post', '/rooms/direct'],
  ];
  it.each(paths)('cannot %s %s', async (method, path) => {
    const { status, body } = await chat.visitor()[method](path);
    expect([status, body]).toEqual([401, { error: { code: 'unauthenticated', message: 'Log in first.' } }]);
  });

  it('with a cookie that is none cannot either', async () => {
    const visitor = new Browser(chat.url, ORIGIN);
    for (const cookie of ['chat=', 'chat=x', `chat=${'x'.repeat(4_000)}`, 'chat="";chat=a', 'chat=%00']) {
      visitor.cookie = cookie;
      expect([cookie, (await visitor.get('/me')).status]).toEqual([cookie, 401]);
    }
  });
});

describe('who is logged in', () => {
  it('may ask so often, and is told when again', async () => {
    const ana = await chat.register();
    const statuses = new Map<number, number>();
    let last: Awaited<ReturnType<Browser['get']>> | undefined;
    for (let round = 0; round < 302; round += 1) {
      last = await ana.get('/rooms');
      statuses.set(last.status, (statuses.get(last.status) ?? 0) + 1);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 200: 300, 429: 2 });
    expect(last?.body.error).toMatchObject({ code: 'too-many', retryAfterMs: expect.any(Number) });
    expect(Number(last?.headers.get('retry-after'))).toBe((last?.body.error.retryAfterMs ?? 0) / 1_000);
  });
});
