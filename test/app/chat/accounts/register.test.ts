import { runChat, type TestChat, uniqueName } from '../../../support/chat';
import { PASSWORD } from '../../../support/chat-browser';

jest.setTimeout(30_000);

let chat: TestChat;
beforeAll(async () => {
  chat = await runChat();
});

describe('registering', () => {
  it('makes an account that is logged in and in the general room', async () => {
    const name = uniqueName();
    const ana = await chat.register(name);
    expect((await ana.get('/me')).body).toEqual({ account: { id: expect.any(String), name } });
    expect((await ana.get('/rooms')).body.rooms).toEqual([
      expect.objectContaining({ id: 'general', name: 'General', kind: 'public' }),
    ]);
  });

  it('keeps a hash in place of the password', async () => {
    const name = uniqueName();
    await chat.register(name);
    const stored = await chat.chat.store.accounts.findByName(name);
    expect(stored?.hash).toMatch(/^\$argon2id\$/);
    expect(JSON.stringify(stored)).not.toContain(PASSWORD);
  });

  it('is refused where the name is taken, in any case and however its letters are put together', async () => {
    const name = uniqueName('José');
    await chat.register(name);
    for (const same of [name, name.toUpperCase(), name.normalize('NFD')]) {
      const { status, body } = await chat.visitor().post('/register', { name: same, password: PASSWORD });
      expect([status, body.error.code]).toEqual([409, 'taken']);
    }
  });

  it('gives a name to one of those who ask at the same time', async () => {
    const name = uniqueName();
    const asked = Array.from({ length: 8 }, () => chat.visitor().post('/register', { name, password: PASSWORD }));
    const statuses = (await Promise.all(asked)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array(7).fill(409)]);
  });

  it.each([
    ['a name that is none', { name: 'a b', password: PASSWORD }],
    ['a short password', { name: uniqueName(), password: 'short' }],
    ['no password', { name: uniqueName() }],
    ['an unknown field', { name: uniqueName(), password: PASSWORD, id: 'general' }],
    ['a list', []],
    ['nothing', null],
  ])('is refused with %s; nothing is made and nobody is logged in', async (_, body) => {
    const visitor = chat.visitor();
    const { status, body: answer } = await visitor.post('/register', body);
    expect([status, answer.error.code]).toEqual([400, 'invalid']);
    expect(JSON.stringify(answer)).not.toContain(PASSWORD);
    expect(visitor.cookie).toBe('');
  });
});

it('one network makes so many accounts an hour, whatever their names are', async () => {
  const narrow = await runChat({ ADDRESS_LIMIT_FACTOR: 1 });
  for (let count = 0; count < 20; count += 1) await narrow.register();
  const { status, body } = await narrow.visitor().post('/register', { name: uniqueName(), password: PASSWORD });
  expect([status, body.error.code]).toEqual([429, 'too-many']);
  expect(body.error.message).toMatch(/^Too many new accounts from this network\. Try again in \d+ minutes\.$/);
});
