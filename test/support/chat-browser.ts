import { randomBytes, randomUUID } from 'node:crypto';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { Account, Batch, ClientEvents, Joined, Result, Room, ServerEvents } from '../../app/chat/src/events';

/** Made anew for each run, so that no secret stands in a file. */
export const PASSWORD = randomBytes(12).toString('hex');

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of any answer; a test says what it expects of it.
  readonly body: any;
}

const open = new Set<Connection>();
if ('afterAll' in globalThis) {
  afterAll(() => {
    for (const connection of open) connection.close();
  });
}

/** A browser with one cookie, at the page of the chat. */
export class Browser {
  /** The cookie as it is sent, with its name; empty where there is none. */
  cookie = '';

  constructor(
    readonly url: string,
    readonly origin: string,
  ) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask('GET', path, undefined, headers);
  }

  post(path: string, body: unknown = {}, headers: Record<string, string> = { origin: this.origin }): Promise<Answer> {
    return this.ask('POST', path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  }

  async ask(method: string, path: string, body: string | undefined, headers: Record<string, string>): Promise<Answer> {
    const cookie: Record<string, string> = this.cookie === '' ? {} : { cookie: this.cookie };
    const answer = await fetch(this.url + path, { method, body, headers: { ...cookie, ...headers } });
    const [given] = answer.headers.getSetCookie();
    if (given !== undefined) this.cookie = given.includes('Max-Age=0') ? '' : (given.split(';')[0] as string);
    const text = await answer.text();
    const json = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
  }

  /** Opens a connection. @throws what Socket.IO says when it is refused. */
  async connect(options: Partial<ManagerOptions & SocketOptions> = {}): Promise<Connection> {
    const socket: Socket<ServerEvents, ClientEvents> = io(this.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: this.cookie, origin: this.origin },
      ...options,
    });
    const connection = new Connection(socket);
    open.add(connection);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('connect_error', reject);
    });
    return connection;
  }
}

/** A browser whose person is logged in. */
export type Member = Browser & { readonly account: Account };

export async function register(browser: Browser, name: string, password: string): Promise<Member> {
  const { status, body } = await browser.post('/register', { name, password });
  if (status !== 201) throw new Error(`register answered ${status} ${JSON.stringify(body)}`);
  return Object.assign(browser, { account: body.account as Account });
}

/** Makes a public room with its first member. */
export async function newRoom(member: Member, name = `Room ${randomUUID().slice(0, 8)}`): Promise<Room> {
  const { status, body } = await member.post('/rooms', { name });
  if (status !== 201) throw new Error(`a new room answered ${status} ${JSON.stringify(body)}`);
  return body.room;
}

/** The private room of two. */
export async function directRoom(member: Member, other: Member): Promise<Room> {
  const { status, body } = await member.post('/rooms/direct', { user: other.account.id });
  if (status !== 200) throw new Error(`a direct room answered ${status} ${JSON.stringify(body)}`);
  return body.room;
}

/** A Socket.IO client that remembers what it was told. */
export class Connection {
  readonly events: [name: string, ...words: unknown[]][] = [];
  readonly batches: Batch[] = [];
  /** Why the connection ended; undefined while it is open. */
  ended: string | undefined;

  constructor(readonly socket: Socket<ServerEvents, ClientEvents>) {
    socket.onAny((name, ...words) => this.events.push([name, ...words]));
    socket.on('messages', (batch) => this.batches.push(batch));
    socket.on('disconnect', (reason) => {
      this.ended = reason;
    });
  }

  join(room: string, from: { after?: number; epoch?: string } = {}): Promise<Result<Joined>> {
    return this.ask('room:join', { room, ...from });
  }

  send(room: string, text: string, id: string = randomUUID()): Promise<Result<{ seq: number; epoch: string }>> {
    return this.ask('message:send', { room, id, text });
  }

  /** Sends an event of any name with any words and waits for the acknowledgement. */
  ask<Data>(event: string, ...words: unknown[]): Promise<Result<Data>> {
    return (this.socket as unknown as Socket).timeout(10_000).emitWithAck(event, ...words);
  }

  /** Live messages of a room in the order in which they came. */
  texts(room: string): string[] {
    return this.batches
      .filter((batch) => batch.room === room)
      .flatMap(({ messages }) => messages.map(({ text }) => text));
  }

  /** First words of every event of one name. */
  told<Name extends keyof ServerEvents>(name: Name): Parameters<ServerEvents[Name]>[0][] {
    return this.events.filter(([one]) => one === name).map(([, word]) => word as Parameters<ServerEvents[Name]>[0]);
  }

  close(): void {
    open.delete(this);
    this.socket.disconnect();
  }
}

/** What succeeded; fails the test where it did not. */
export function dataOf<Data>(result: Result<Data>): Data {
  if ('error' in result) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.data;
}
