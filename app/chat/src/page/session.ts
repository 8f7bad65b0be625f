import { ChatClient } from '../client/client';
import type { ConnectionState } from '../client/listener';
import type { OutboxEntry } from '../client/outbox';
import type { Account, Failure, Person, Result, Room } from '../events';
import { api } from './api';
import { Conversation } from './conversation';
import { ReadMarks } from './read-marks';
import { Typing } from './typing';

/** What changed, for those who show it. */
export type Topic = 'rooms' | 'messages' | 'people' | 'outbox' | 'typing' | 'connection' | 'open';

/** Milliseconds before the next try where the server refuses the connection of a login that holds. */
const REFUSED_WAIT = 2_000;
/** Milliseconds before rooms are asked for again that could not be read. */
const REFRESH_WAIT = 1_000;
/** Pages of people that are loaded without being asked for. */
const PEOPLE_PAGES = 5;

/** Everything that a logged-in page knows. Shows nothing itself. */
export class Session {
  readonly rooms = new Map<string, Conversation>();
  readonly people = new Map<string, Person>();
  readonly typing = new Typing();
  /** The room that is open. */
  open: Conversation | undefined;
  outbox: readonly OutboxEntry[] = [];
  connection: ConnectionState = 'connecting';
  private readonly client: ChatClient;
  private readonly watchers = new Set<(topic: Topic) => void>();
  private readonly readMarks = new ReadMarks((id) => this.client.read(id, this.rooms.get(id)?.read ?? 0));
  private closed = false;

  /** @param onEnd called when this login no longer holds. */
  constructor(
    readonly me: Account,
    private readonly onEnd: () => void,
  ) {
    this.client = new ChatClient({
      listener: {
        messages: (id, messages) => {
          const room = this.rooms.get(id);
          room?.append(messages);
          if (room && room !== this.open) room.trim();
          for (const { author } of messages) this.typing.said(id, author);
          this.tell('messages', 'rooms', 'typing');
        },
        reload: (id, messages) => {
          this.rooms.get(id)?.reload(messages);
          this.tell('messages', 'rooms');
        },
        left: (id) => this.forget(id),
        outbox: (entries) => {
          this.outbox = entries;
          this.tell('outbox');
        },
        connection: (state) => this.connected(state),
        typing: ({ room, account }) => {
          this.typing.heard(room, account, Date.now());
          this.tell('typing');
        },
        presence: (people) => {
          for (const person of people) this.people.set(person.id, person);
          this.tell('people', 'rooms');
        },
        roomNew: (room) => this.add(room),
      },
    });
  }

  watch(watcher: (topic: Topic) => void): void {
    this.watchers.add(watcher);
  }

  close(): void {
    this.closed = true;
    this.outbox = [];
    this.readMarks.close();
    this.watchers.clear();
    this.client.close();
  }

  openRoom(id: string): void {
    const room = this.rooms.get(id);
    if (!room || room === this.open) return;
    this.open?.trim();
    this.open = room;
    this.tell('open', 'rooms', 'typing');
  }

  /** Opens a room that was just made or joined. */
  enter(room: Room): void {
    this.add(room);
    this.openRoom(room.id);
  }

  async openDirect(user: string): Promise<Failure | undefined> {
    const result = await api.openDirect(user);
    if ('error' in result) return this.refused(result.error);
    this.enter(result.data.room);
    return undefined;
  }

  send(text: string): void {
    if (this.open) this.client.send(this.open.id, text);
  }

  /** What can be done with a message that was not sent. */
  readonly unsent = {
    retry: (id: string) => this.client.retry(id),
    discard: (id: string) => this.client.discard(id),
  };

  sayTyping(): void {
    if (this.open) this.client.typing(this.open.id);
  }

  /** The person has seen the open room's end. */
  readOpen(): void {
    const room = this.open;
    if (!room?.markRead(room.head)) return;
    this.readMarks.moved(room.id);
    this.tell('rooms');
  }

  /** Loads the page of history before what is there. */
  async loadOlder(room: Conversation): Promise<void> {
    const before = room.older;
    if (before === undefined || room.history === 'loading') return;
    room.history = 'loading';
    this.tell('messages');
    const result = await api.history(room.id, before);
    room.history = 'error' in result ? 'failed' : 'idle';
    if ('error' in result) this.refused(result.error);
    // Where the room was loaded anew meanwhile, this page of it is not what comes before.
    else if (room.older === before) {
      if (result.data.epoch === this.client.position(room.id)?.epoch)
        room.prepend(result.data.messages, result.data.next);
      else {
        room.history = 'failed';
        this.client.refresh(room.id);
      }
    }
    this.tell('messages');
  }

  /** Passes a failure on; one that means the end of this login ends it. */
  refused(failure: Failure): Failure {
    if (failure.code === 'unauthenticated') this.end();
    return failure;
  }

  /** Reads rooms and people anew: what happened while there was no connection was told to nobody. */
  private async refresh(): Promise<void> {
    const result = await api.rooms();
    if ('error' in result) {
      this.refused(result.error);
      setTimeout(
        () => this.connection === 'online' && !this.closed && void this.refresh(),
        result.error.retryAfterMs ?? REFRESH_WAIT,
      );
      return;
    }
    this.add(...result.data.rooms);
    let after: string | undefined;
    for (let page = 0; page < PEOPLE_PAGES; page += 1) {
      const people: Result<{ users: Person[]; next?: string }> = await api.users(after);
      if ('error' in people) return;
      for (const person of people.data.users) this.people.set(person.id, person);
      this.tell('people', 'rooms');
      after = people.data.next;
      if (after === undefined) return;
    }
  }

  /** All of them before anybody is told: which one opens depends on which there are. */
  private add(...rooms: readonly Room[]): void {
    for (const room of rooms) this.put(room);
    this.tell('rooms');
  }

  private put(room: Room): void {
    const known = this.rooms.get(room.id);
    if (known) {
      known.room = room;
      known.markRead(Math.min(room.read, known.head));
      // Read while there was no connection to say so.
      if (known.read > room.read) this.readMarks.moved(room.id);
    } else {
      this.rooms.set(room.id, new Conversation(room, this.me.id));
      this.client.join(room.id, { seq: room.head, epoch: room.epoch });
    }
  }

  private forget(id: string): void {
    if (this.open?.id === id) this.open = undefined;
    this.rooms.delete(id);
    this.tell('open', 'rooms');
  }

  private connected(state: ConnectionState): void {
    this.connection = state;
    this.tell('connection');
    if (state === 'online') void this.refresh();
    if (state === 'refused') void this.reconsider();
  }

  /** The server refused the connection: either the login has ended, or the server errs and may be asked again. */
  private async reconsider(): Promise<void> {
    const result = await api.me();
    if ('error' in result && result.error.code === 'unauthenticated') this.end();
    else setTimeout(() => this.connection === 'refused' && !this.closed && this.client.connect(), REFUSED_WAIT);
  }

  private end(): void {
    if (!this.closed) this.onEnd();
  }

  private tell(...topics: readonly Topic[]): void {
    for (const topic of topics) for (const watcher of this.watchers) watcher(topic);
  }
}
