import type { Message, Room } from '../events';

/** Messages that a room keeps while nobody looks at its older ones. */
const KEPT = 200;

/** A room as this page knows it: its newest messages, and how far it was read. */
export class Conversation {
  messages: readonly Message[] = [];
  /** Where the next older page begins: messages before this number. Undefined at the beginning of the room. */
  older: number | undefined;
  history: 'idle' | 'loading' | 'failed' = 'idle';
  head: number;
  read: number;

  constructor(
    public room: Room,
    private readonly me: string,
  ) {
    this.head = room.head;
    this.read = room.read;
    this.older = room.head > 0 ? room.head + 1 : undefined;
  }

  get id(): string {
    return this.room.id;
  }

  get unread(): number {
    return Math.max(0, this.head - this.read);
  }

  append(messages: readonly Message[]): void {
    this.messages = [...this.messages, ...messages];
    this.head = messages.at(-1)?.seq ?? this.head;
    // Whoever answers has read what stands above.
    const own = messages.filter(({ author }) => author === this.me).at(-1);
    if (own) this.markRead(own.seq);
  }

  /** The room's numbering went on without this page, or began anew: only these are certain. */
  reload(messages: readonly Message[]): void {
    this.messages = messages;
    this.head = messages.at(-1)?.seq ?? 0;
    this.read = Math.min(this.read, this.head);
    this.history = 'idle';
    this.forgetOlder();
  }

  /** Puts a page of history before what is there. */
  prepend(newestFirst: readonly Message[], next: number | undefined): void {
    this.messages = [...[...newestFirst].reverse(), ...this.messages];
    this.older = next;
  }

  /** Lets go of old messages that can be loaded again. */
  trim(): void {
    if (this.messages.length <= 2 * KEPT) return;
    this.messages = this.messages.slice(-KEPT);
    this.forgetOlder();
  }

  /** @returns whether this is news. */
  markRead(seq: number): boolean {
    if (seq <= this.read) return false;
    this.read = seq;
    return true;
  }

  private forgetOlder(): void {
    const first = this.messages[0]?.seq ?? 1;
    this.older = first > 1 ? first : undefined;
  }
}
