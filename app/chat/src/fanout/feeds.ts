import type { Account, Batch } from '../events';
import { Feed } from './feed';
import { type Bus, channelOf, type MessageLog } from './log';

/** Milliseconds between two looks whether a feed has missed the newest message of its room. */
const COMPARE_PERIOD = 5_000;
/** First letter of what is no message on a room's channel. */
const TYPING = 't';

/** Where a pod hands its rooms' news to its own clients. */
export interface Delivery {
  messages(batch: Batch): void;
  typing(room: string, account: Account): void;
  /** Something could not be read; it is tried again. */
  failed(error: unknown): void;
}

interface Open {
  readonly feed: Feed;
  readonly take: (text: string) => void;
  ready: Promise<void>;
  users: number;
}

/** The rooms that clients of this pod are in: one subscription each, from the first client to the last. */
export class Feeds {
  private readonly open = new Map<string, Open>();
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly bus: Bus,
    private readonly log: MessageLog,
    private readonly delivery: Delivery,
  ) {
    const compare = () => void this.compare().catch(delivery.failed);
    this.timer = setInterval(compare, COMPARE_PERIOD);
    this.timer.unref();
    bus.onReturn(compare);
  }

  /** How many rooms have clients here. */
  get size(): number {
    return this.open.size;
  }

  /** Resolves when everything that is stored from now on reaches this pod, until one `release`. Where it rejects, there is nothing to release. */
  async acquire(room: string): Promise<void> {
    const open = this.open.get(room) ?? this.begin(room);
    open.users += 1;
    await open.ready;
  }

  async release(room: string): Promise<void> {
    const open = this.open.get(room);
    if (open === undefined) return;
    open.users -= 1;
    if (open.users > 0) return;
    this.open.delete(room);
    open.feed.flush();
    await this.bus.unsubscribe(channelOf(room), open.take);
  }

  /** Highest number of the room that this pod has seen. */
  seen(room: string): number {
    return this.open.get(room)?.feed.seen ?? 0;
  }

  /** Tells every pod that somebody writes. May get lost. */
  type(room: string, account: Account): Promise<void> {
    return this.bus.publish(channelOf(room), TYPING + JSON.stringify(account));
  }

  /** Sends everything that waits. */
  flush(): void {
    for (const { feed } of this.open.values()) feed.flush();
  }

  close(): void {
    clearInterval(this.timer);
    this.flush();
  }

  private begin(room: string): Open {
    const { delivery } = this;
    const feed = new Feed(room, this.log, delivery.messages, delivery.failed);
    const take = (text: string) => {
      // A subscription that could not be ended, because the bus was away, must not bring anything twice.
      if (this.open.get(room)?.feed !== feed) return;
      if (text.startsWith(TYPING)) delivery.typing(room, JSON.parse(text.slice(1)));
      else feed.take(text);
    };
    const open: Open = { feed, take, users: 0, ready: Promise.resolve() };
    this.open.set(room, open);
    open.ready = this.subscribe(room, open);
    open.ready.catch(() => this.giveUp(room, open));
    return open;
  }

  private giveUp(room: string, open: Open): void {
    if (this.open.get(room) === open) this.open.delete(room);
    this.bus.unsubscribe(channelOf(room), open.take).catch(this.delivery.failed);
  }

  private async subscribe(room: string, { feed, take }: Open): Promise<void> {
    await this.bus.subscribe(channelOf(room), take);
    const [head] = await this.log.heads([room]);
    if (head) feed.begin(head);
  }

  private async compare(): Promise<void> {
    const rooms = [...this.open.keys()];
    if (rooms.length === 0) return;
    const heads = await this.log.heads(rooms);
    for (const [at, room] of rooms.entries()) {
      const head = heads[at];
      if (head) this.open.get(room)?.feed.compare(head);
    }
  }
}
