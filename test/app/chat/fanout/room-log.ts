import type { Message } from '../../../../app/chat/src/events';
import { encodePublished, type Head, type Slice } from '../../../../app/chat/src/fanout/log';

/** The log of one room, whose answers come when the test wants them. */
export class RoomLog {
  head: Head = { seq: 0, epoch: 'a' };
  messages: Message[] = [];
  /** Whether reading fails. */
  broken = false;
  /** Whether an answer waits until `answer` is called. It tells what there was when it was asked for. */
  held = false;
  reads = 0;
  private readonly waiting: (() => void)[] = [];

  /** Stores the next message. @returns what the bus has to carry. */
  store(text = String(this.head.seq + 1)): string {
    this.head = { ...this.head, seq: this.head.seq + 1 };
    const draft = { id: `message-${text}`, author: 'ana', name: 'Ana', text, at: 0 };
    this.messages.push({ ...draft, seq: this.head.seq });
    return encodePublished(this.head, JSON.stringify(draft));
  }

  /** Forgets everything after a number, and takes another epoch. */
  setBack(seq: number, epoch: string): void {
    this.messages = this.messages.filter((message) => message.seq <= seq);
    this.head = { seq, epoch };
  }

  async after(_: string, seq: number, limit: number): Promise<Slice> {
    this.reads += 1;
    const { broken, head } = this;
    const messages = this.messages.filter((message) => message.seq > seq).slice(0, limit);
    if (this.held) await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (broken) throw new Error('the log is away');
    return { head, messages };
  }

  async heads(): Promise<Head[]> {
    if (this.broken) throw new Error('the log is away');
    return [this.head];
  }

  /** Lets the oldest answer go. */
  answer(): void {
    this.waiting.shift()?.();
  }

  /** Answers everything that is asked until nobody asks any more. */
  async settle(): Promise<void> {
    this.held = false;
    for (let turn = 0; turn < 20; turn += 1) {
      this.answer();
      await new Promise(process.nextTick);
    }
  }
}
