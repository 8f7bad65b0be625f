import { randomBytes } from 'node:crypto';
import type { Account, Batch, Room } from '../../app/chat/src/events';

/** Somebody with an account, who asks over HTTP as the page does. */
export interface Person {
  readonly account: Account;
  /** For whatever else asks in this person's name. */
  readonly headers: Readonly<Record<string, string>>;
  post<Answer>(path: string, body: object): Promise<Answer>;
  get<Answer>(path: string): Promise<Answer>;
}

/** Makes an account and logs in. */
export async function register(url: string, name: string, origin: string): Promise<Person> {
  const password = randomBytes(12).toString('hex');
  const answer = await ask(`${url}/register`, { origin }, { name, password });
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const { account } = (await answer.json()) as { account: Account };
  const headers = { origin, cookie };
  return {
    account,
    headers,
    post: async (path, body) => (await ask(url + path, headers, body)).json() as never,
    get: async (path) => (await ask(url + path, headers)).json() as never,
  };
}

/** On a connection of its own: an older one may be dead without anybody knowing. */
async function ask(url: string, headers: Record<string, string>, body?: object): Promise<Response> {
  const request = body && { method: 'POST', body: JSON.stringify(body) };
  const always = { connection: 'close', ...(body && { 'content-type': 'application/json' }) };
  const answer = await fetch(url, { ...request, headers: { ...headers, ...always } });
  if (!answer.ok) throw new Error(`${url}: answered ${answer.status} ${await answer.text()}; expected success`);
  return answer;
}

/** Makes a room, or joins it where there is one. @returns its id. */
export async function enter({ post }: Person, name: string, exists: boolean): Promise<string> {
  const { room } = await post<{ room: Room }>(exists ? '/rooms/join' : '/rooms', { name });
  return room.id;
}

/** Everything that the store has of a room, the oldest first. */
export async function readLog({ get }: Person, room: string): Promise<Batch> {
  const pages: Batch['messages'][number][] = [];
  let epoch = '';
  for (let before: number | undefined, more = true; more; more = before !== undefined) {
    const query = `limit=100${before === undefined ? '' : `&before=${before}`}`;
    const page = await get<Batch & { next?: number }>(`/rooms/${room}/messages?${query}`);
    pages.push(...page.messages);
    epoch = page.epoch;
    before = page.next;
  }
  return { room, epoch, messages: pages.reverse() };
}
