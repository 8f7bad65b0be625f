import { randomBytes, randomUUID } from 'node:crypto';
import type { Account } from './events';
import { GENERAL } from './rooms/general';
import type { Chat } from './use-case';

const PEOPLE = ['Amara', 'Bjarne', 'Chiyo', 'Dariush'];
const ROOM = 'Weekend trip';
const TALK: readonly (readonly [person: number, text: string])[] = [
  [0, 'Who brings the tents?'],
  [1, 'I have two. One leaks a little.'],
  [2, 'Then I take the other one 🙂'],
  [3, 'I bring coffee for everybody.'],
];

/**
 * People, a room and a few messages to look at. Whichever process makes the first account makes the rest: names are taken once, so that
 * several processes that start together, or one that starts again, make nothing twice.
 * @param print gets the password of the accounts; it is stored nowhere.
 */
export async function seedDemo(chat: Chat, print: (line: string) => void): Promise<void> {
  const { store, passwords } = chat;
  const password = randomBytes(9).toString('base64url');
  const hash = await passwords.hash(password);
  const people = PEOPLE.map((name): Account => ({ id: randomUUID(), name }));
  const [first, ...others] = people;
  if (first === undefined || !(await store.accounts.create({ ...first, hash }))) {
    print('The demo is there already: its people kept their password.');
    return;
  }
  // Whoever has one of the names already stays who they are.
  const made = [first];
  for (const person of others) if (await store.accounts.create({ ...person, hash })) made.push(person);
  const id = randomUUID();
  const room = (await store.rooms.createPublic(id, ROOM)) ? id : ((await store.rooms.findByName(ROOM))?.id ?? id);
  for (const person of made) {
    await store.rooms.join(GENERAL.id, person.id);
    await store.rooms.join(room, person.id);
  }
  for (const [person, text] of TALK) {
    const author = made.find(({ name }) => name === PEOPLE[person]);
    if (author === undefined) continue;
    await store.log.append(room, { id: randomUUID(), author: author.id, name: author.name, text, at: Date.now() }, 0);
  }
  print(`Demo: log in as ${made.map(({ name }) => name).join(', ')} with the password ${password}`);
}
