import type { Batch, Joined, Message } from '../events';

/** The last message that somebody has of a room. */
export interface Position {
  readonly seq: number;
  readonly epoch: string;
}

export interface FeedOutput {
  /** The next messages, in order, each once. */
  show(messages: readonly Message[]): void;
  /** What was shown is no longer the room's history: drop it, these are the newest messages. */
  reload(messages: readonly Message[]): void;
  /**
   * Ask the server for what follows the position.
   * @param paused whether to wait a moment first, because asking has just brought nothing.
   */
  ask(position: Position | undefined, paused: boolean): void;
}

/**
 * Turns batches of one room, which may come twice, late or not at all, into its messages in order, each once.
 * Live batches that arrive while a question is under way are held until it is answered.
 */
export class RoomFeed {
  private held: Batch[] = [];
  private asking = false;

  /** @param position what is known already; without it the first answer is a reload. */
  constructor(
    private position: Position | undefined,
    private readonly output: FeedOutput,
  ) {}

  get last(): Position | undefined {
    return this.position;
  }

  /** Asks the server where the room stands, unless that is being asked. */
  ask(paused = false): void {
    if (this.asking) return;
    this.asking = true;
    this.output.ask(this.position, paused);
  }

  /** The connection is gone, and with it the question that was under way. */
  disconnected(): void {
    this.asking = false;
  }

  live(batch: Batch): void {
    if (this.asking) {
      this.held.push(batch);
      return;
    }
    // A batch that does not fit need not be held: the answer is newer, and brings what it brought.
    if (!this.take(batch)) this.ask();
  }

  answered(answer: Joined): void {
    this.asking = false;
    const before = this.position;
    if (this.follows(answer)) this.take(answer);
    else this.restart(answer);
    const held = this.held;
    this.held = [];
    const complete = held.map((batch) => this.take(batch)).every(Boolean);
    if (complete && answer.head <= this.seq) return;
    this.ask(before?.epoch === this.position?.epoch && before?.seq === this.seq);
  }

  private get seq(): number {
    return this.position?.seq ?? 0;
  }

  private follows({ resumed, epoch, messages }: Joined): boolean {
    if (!resumed || epoch !== this.position?.epoch) return false;
    return messages.every(
      (message, at) => message.seq <= this.seq || message.seq === (messages[at - 1]?.seq ?? this.seq) + 1,
    );
  }

  private restart({ epoch, messages, head }: Joined): void {
    this.position = { epoch, seq: messages.at(-1)?.seq ?? head };
    this.output.reload(messages);
  }

  /** Shows what comes next of a batch. @returns false where something between is missing. */
  private take({ epoch, messages }: Batch): boolean {
    if (epoch !== this.position?.epoch) return false;
    const next: Message[] = [];
    for (const message of messages) if (message.seq === this.seq + next.length + 1) next.push(message);
    if (next.length > 0) {
      this.position = { epoch, seq: this.seq + next.length };
      this.output.show(next);
    }
    return (messages.at(-1)?.seq ?? 0) <= this.seq;
  }
}
