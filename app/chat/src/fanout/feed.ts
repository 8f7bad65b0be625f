import type { Batch, Message } from '../events';
import { decodePublished, type Head, type MessageLog } from './log';

/** Milliseconds after which a room counts as quiet: its next message waits for nobody. */
const QUIET = 25;
/** Milliseconds in which a busy room collects messages for one frame, and the most where frames cost more than the window brings. */
const WINDOW = { least: 5, most: 50 };
/** Messages in one frame: of the longest ones 770 kB, which is what a slow client may have waiting beyond its limit. */
const FRAME = 64;
/** Messages that one look into the log brings. */
const PAGE = 500;

/** The messages of one room on this pod: each once, in order, without a hole, a busy room's several at a time. */
export class Feed {
  private last: Head | undefined;
  /** Highest number that was heard of while the log was being read. */
  private heard = 0;
  private repairing = false;
  private waiting: Message[] = [];
  private sentAt = Number.NEGATIVE_INFINITY;
  private window = WINDOW.least;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly room: string,
    private readonly log: MessageLog,
    private readonly emit: (batch: Batch) => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Where the feed stands; nobody gets what came before. */
  begin(head: Head): void {
    this.last = head;
    if (this.heard > head.seq) void this.repair();
  }

  /** Highest number that this pod has seen; 0 before it knows any. */
  get seen(): number {
    return this.last?.seq ?? 0;
  }

  /** Takes what the bus brings. */
  take(text: string): void {
    const published = decodePublished(text);
    if (published === undefined) return;
    const { head, message } = published;
    if (this.last === undefined || this.repairing) {
      this.heard = Math.max(this.heard, head.seq);
    } else if (head.epoch !== this.last.epoch || head.seq === this.last.seq + 1) {
      this.pass(head, [message]);
    } else if (head.seq > this.last.seq) {
      void this.repair();
    }
  }

  /** Looks whether the log has more than the bus brought. */
  compare(head: Head): void {
    if (this.last === undefined || this.repairing) return;
    if (head.epoch !== this.last.epoch || head.seq > this.last.seq) void this.repair();
  }

  /** Sends what waits. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.length === 0 || this.last === undefined) return;
    const messages = this.waiting;
    this.waiting = [];
    const from = performance.now();
    for (let at = 0; at < messages.length; at += FRAME) {
      this.emit({ room: this.room, epoch: this.last.epoch, messages: messages.slice(at, at + FRAME) });
    }
    this.sentAt = performance.now();
    // Writing to everybody must leave time for everything else.
    this.window = Math.min(WINDOW.most, Math.max(WINDOW.least, 3 * (this.sentAt - from)));
  }

  private pass(head: Head, messages: readonly Message[]): void {
    if (this.last && head.epoch !== this.last.epoch) this.flush();
    this.last = head;
    this.waiting.push(...messages);
    if (this.timer !== undefined) return;
    if (performance.now() - this.sentAt >= QUIET) this.flush();
    else this.timer = setTimeout(() => this.flush(), this.window);
  }

  /** Reads what is missing from the log. Clients that find a hole after it, because the log is shorter, ask themselves. */
  private async repair(): Promise<void> {
    this.repairing = true;
    try {
      for (let more = true; more; ) {
        const { seq, epoch } = this.last as Head;
        const { head, messages } = await this.log.after(this.room, seq, PAGE);
        const newest = messages.at(-1)?.seq ?? seq;
        if (head.epoch !== epoch) this.pass(head, messages.slice(-1));
        else if (messages.length > 0) this.pass({ seq: newest, epoch }, messages);
        more = messages.length === PAGE || (messages.length > 0 && newest < this.heard);
      }
    } catch (error) {
      this.onError(error);
    } finally {
      this.repairing = false;
      this.heard = 0;
    }
  }
}
