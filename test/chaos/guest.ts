import { ChatClient } from '../../app/chat/src/client/client';
import type { Line } from './line';
import { Packets } from './packets';
import type { Person } from './person';
import { Record } from './record';
import type { Span } from './resumes';

/** One client on its own line, with everything that is written down about it. */
export class Guest {
  readonly record: Record;
  /** From each lost connection until the rooms stood where the server's answers said. */
  readonly resumes: Span[] = [];
  /** When messages were shown. */
  readonly showed: number[] = [];
  private readonly client: ChatClient;
  private lostAt: number | undefined;
  private heads = new Map<string, number>();
  private waiting = 0;

  constructor(
    readonly person: Person,
    readonly line: Line,
    readonly rooms: readonly string[],
  ) {
    this.record = new Record(rooms);
    this.client = new ChatClient({
      url: line.url,
      io: { extraHeaders: { ...person.headers } },
      listener: {
        messages: (room, messages) => {
          this.showed.push(performance.now());
          this.record.show(room, messages);
          this.look();
        },
        reload: (room, messages) => this.record.reload(room, messages),
        outbox: (entries) => {
          this.waiting = entries.filter(({ state }) => state !== 'failed').length;
          this.record.notSent = new Set(entries.filter(({ state }) => state === 'failed').map(({ id }) => id));
        },
        connection: (state) => {
          if (state === 'offline') this.lostAt ??= performance.now();
        },
      },
    });
    this.client.socket.io.on('open', () => this.listen());
  }

  /** Follows its rooms from where they stand now. */
  follow(positions: ReadonlyMap<string, { seq: number; epoch: string }>): void {
    for (const room of this.rooms) this.client.join(room, positions.get(room));
  }

  get isOnline(): boolean {
    return this.client.state === 'online';
  }

  /** Whether nothing of its own is under way. */
  get isDone(): boolean {
    return this.waiting === 0;
  }

  standsAt(room: string, seq: number): boolean {
    return this.client.position(room)?.seq === seq;
  }

  say(room: string, text: string): void {
    this.record.sent.add(this.client.send(room, text));
  }

  /** Closes the transport where it is open, as a browser does whose network has changed. */
  drop(): void {
    const { engine } = this.client.socket.io;
    if (engine.readyState === 'open') engine.close();
  }

  async leave(): Promise<void> {
    this.client.close();
    await this.line.close();
  }

  private listen(): void {
    const { engine } = this.client.socket.io;
    this.heads = new Map();
    const packets = new Packets(this.record, (room, head) => {
      this.heads.set(room, head);
      // The client takes the answer first.
      setImmediate(() => this.look());
    });
    engine.on('packet', ({ data }) => packets.in(data));
    engine.on('packetCreate', ({ data }) => packets.out(data));
  }

  private look(): void {
    if (this.lostAt === undefined || !this.rooms.every((room) => this.stands(room))) return;
    this.resumes.push({ from: this.lostAt, to: performance.now() });
    this.lostAt = undefined;
  }

  private stands(room: string): boolean {
    const head = this.heads.get(room);
    return head !== undefined && (this.client.position(room)?.seq ?? -1) >= head;
  }
}
