import { runChat, type TestChat, uniqueName } from '../../../support/chat';
import { PASSWORD } from '../../../support/chat-browser';

jest.setTimeout(30_000);

let chat: TestChat;
beforeAll(async () => {
  chat = await runChat();
});

const login = (name: string, password: string, at = chat, headers?: Record<string, string>) =>
  at.visitor().post('/login', { name, password }, { origin: 'http://chat.test', ...headers });

describe('a login', () => {
  it('is open to who knows name and password; the name in any case', async () => {
    const { account } = await chat.register();
    const { status, body } = await login(account.name.toUpperCase(), PASSWORD);
    expect([status, body]).toEqual([200, { account }]);
  });

  it('says the same whether the name or the password is wrong', async () => {
    const { account } = await chat.register();
    const wrong = await login(account.name, 'not the password');
    const unknown = await login(uniqueName('Nobody'), PASSWORD);
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(wrong.body).toEqual({ error: { code: 'unauthenticated', message: 'Name or password is wrong.' } });
    expect(unknown.body).toEqual(wrong.body);
  });

  it('works on a hash whether there is such a name or not', async () => {
    const { account } = await chat.register();
    const matches = jest.spyOn(chat.chat.passwords, 'matches');
    await login(account.name, 'not the password');
    await login(uniqueName('Nobody'), PASSWORD);
    expect(matches.mock.calls.map(([hash]) => typeof hash)).toEqual(['string', 'undefined']);
    matches.mockRestore();
  });

  it('is refused with fields that are none', async () => {
    for (const body of [
      { name: 'ana' },
      { name: 7, password: PASSWORD },
      { name: 'a', password: 'x'.repeat(129) },
      { name: 'ana', password: PASSWORD, admin: true },
    ]) {
      const { status } = await chat.visitor().post('/login', body);
      expect([body, status]).toEqual([body, 400]);
    }
  });
});

describe('guessing', () => {
  it('one password ends after ten tries, right ones included; others of the network go on', async () => {
    const [ana, ben] = [await chat.register(), await chat.register()];
    for (let guess = 0; guess < 10; guess += 1) await login(ana.account.name, `guess number ${guess}`);
    const late = await login(ana.account.name.toUpperCase(), PASSWORD);
    expect([late.status, late.body.error.message]).toEqual([
      429,
      expect.stringMatching(/^Too many attempts to log in\./),
    ]);
    expect((await login(ben.account.name, PASSWORD)).status).toBe(200);
  });

  it('does not lock out who logs in from elsewhere', async () => {
    const behind = await runChat({ PROXY_HOPS: 1 });
    const { account } = await behind.register();
    const from = (address: string) => login(account.name, PASSWORD, behind, { 'x-forwarded-for': address });
    for (let guess = 0; guess < 11; guess += 1) await from('198.51.100.1');
    expect((await from('198.51.100.1')).status).toBe(429);
    expect((await from('198.51.100.2')).status).toBe(200);
  });

  it('is not made easier by an address that the caller makes up', async () => {
    const { account } = await chat.register();
    for (let guess = 0; guess < 10; guess += 1) {
      await login(account.name, 'not the password', chat, { 'x-forwarded-for': `198.51.100.${guess}` });
    }
    expect((await login(account.name, PASSWORD, chat, { 'x-forwarded-for': '198.51.100.99' })).status).toBe(429);
  });

  it('many names from one network ends as well', async () => {
    const narrow = await runChat({ ADDRESS_LIMIT_FACTOR: 1 });
    jest.spyOn(narrow.chat.passwords, 'matches').mockResolvedValue(false);
    const statuses: number[] = [];
    for (let guess = 0; guess < 102; guess += 1)
      statuses.push((await login(`nobody${guess}`, PASSWORD, narrow)).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  });
});
