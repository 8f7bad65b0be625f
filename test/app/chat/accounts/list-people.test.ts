import type { Person } from '../../../../app/chat/src/events';
import { runChat, type TestChat } from '../../../support/chat';
import type { Member } from '../../../support/chat-browser';
import { until } from '../../../support/until';

jest.setTimeout(30_000);

let chat: TestChat;
let ana: Member;
beforeAll(async () => {
  chat = await runChat();
  ana = await chat.register('Ana');
  for (let count = 0; count < 203; count += 1) {
    const name = `Person${String(count).padStart(3, '0')}`;
    await chat.chat.store.accounts.create({ id: `id-${count}`, name, hash: 'hush' });
  }
});

describe('the list of people', () => {
  it('has everybody once, by name, page after page', async () => {
    const names: string[] = [];
    const sizes: number[] = [];
    for (let after: string | undefined = ''; after !== undefined; ) {
      const { body } = await ana.get(`/users?after=${encodeURIComponent(after)}`);
      names.push(...body.users.map(({ name }: Person) => name));
      sizes.push(body.users.length);
      after = body.next;
    }
    expect(sizes).toEqual([100, 100, 4]);
    expect(names).toEqual([...new Set(names)].sort());
    expect(names).toHaveLength(204);
  });

  it('says who is here, and nothing else of anybody', async () => {
    const connection = await ana.connect();
    await until(() => chat.chat.presence.isOnline(ana.account.id));
    const { body } = await ana.get('/users');
    expect(body.users[0]).toEqual({ ...ana.account, online: true });
    for (const person of body.users) expect(Object.keys(person).sort()).toEqual(['id', 'name', 'online']);
    connection.close();
    await until(async () => !(await ana.get('/users')).body.users[0].online);
  });

  it.each(['?after=a&after=b', `?after=${'x'.repeat(65)}`, '?limit=9', '?after=a&x'])(
    'is refused with %s',
    async (query) => {
      expect((await ana.get(`/users${query}`)).status).toBe(400);
    },
  );
});
