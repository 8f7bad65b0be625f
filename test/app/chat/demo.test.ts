import { seedDemo } from '../../../app/chat/src/demo';
import { runChat, type TestChat } from '../../support/chat';

jest.setTimeout(30_000);

async function seed(chat: TestChat): Promise<string[]> {
  const printed: string[] = [];
  await seedDemo(chat.chat, (line) => printed.push(line));
  return printed;
}

/** What somebody of the demo sees. */
async function look(chat: TestChat, password: string) {
  const visitor = chat.visitor();
  const { status } = await visitor.post('/login', { name: 'Amara', password });
  const { rooms } = (await visitor.get('/rooms')).body;
  const trip = rooms.find(({ name }: { name: string }) => name === 'Weekend trip');
  const { messages } = (await visitor.get(`/rooms/${trip.id}/messages`)).body;
  const { users } = (await visitor.get('/users')).body;
  return {
    status,
    rooms: rooms.map(({ name }: { name: string }) => name),
    people: users.map(({ name }: { name: string }) => name),
    texts: messages.map(({ text }: { text: string }) => text).reverse(),
  };
}

const passwordIn = (printed: readonly string[]): string => printed.join().split('the password ')[1] as string;

const DEMO = {
  status: 200,
  rooms: ['General', 'Weekend trip'],
  people: ['Amara', 'Bjarne', 'Chiyo', 'Dariush'],
  texts: [
    'Who brings the tents?',
    'I have two. One leaks a little.',
    'Then I take the other one 🙂',
    'I bring coffee for everybody.',
  ],
};

describe('the demo', () => {
  it('has people, a room and a talk to look at; its password is printed and another each time', async () => {
    const [one, other] = [await runChat(), await runChat()];
    const passwords = [passwordIn(await seed(one)), passwordIn(await seed(other))];
    expect(passwords[0]).not.toBe(passwords[1]);
    expect(await look(one, passwords[0] as string)).toEqual(DEMO);
  });

  it('is made once, however often it is asked for', async () => {
    const chat = await runChat();
    const password = passwordIn(await seed(chat));
    expect(await seed(chat)).toEqual(['The demo is there already: its people kept their password.']);
    expect(await look(chat, password)).toEqual(DEMO);
  });

  it('is made once by several who begin at the same time', async () => {
    const chat = await runChat();
    const printed = (await Promise.all(Array.from({ length: 5 }, () => seed(chat)))).flat();
    expect(printed.filter((line) => line.startsWith('The demo is there already'))).toHaveLength(4);
    const password = passwordIn(printed.filter((line) => line.startsWith('Demo: ')));
    expect(await look(chat, password)).toEqual(DEMO);
  });

  it('takes nobody’s name and nobody’s room: who is there already stays who they are', async () => {
    const chat = await runChat();
    const bjarne = await chat.register('Bjarne');
    await bjarne.post('/rooms', { name: 'Weekend trip' });
    const password = passwordIn(await seed(chat));
    const { texts, people } = await look(chat, password);
    expect(people).toEqual(DEMO.people);
    expect(texts.length).toBeGreaterThan(0);
    const { rooms } = (await bjarne.get('/rooms')).body;
    const trip = rooms.find(({ name }: { name: string }) => name === 'Weekend trip');
    const { messages } = (await bjarne.get(`/rooms/${trip.id}/messages`)).body;
    const known = (await bjarne.get('/users')).body.users.map(({ id }: { id: string }) => id);
    for (const { author } of messages) expect(known).toContain(author);
    expect(messages.map(({ author }: { author: string }) => author)).not.toContain(bjarne.account.id);
  });
});
