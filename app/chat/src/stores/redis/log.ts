import type { Message } from '../../events';
import {
  type Allowance,
  type Bus,
  channelOf,
  type Draft,
  type Head,
  type MessageLog,
  newEpoch,
  type Slice,
  type Stored,
  type TooSoon,
} from '../../fanout/log';
import type { RedisClient, RedisConnection } from './connection';

/** Seconds for which a message that is sent again is known. A sender gives up long before. */
const REMEMBER_SECONDS = 600;

const WITHOUT_BOUND: Allowance = { messages: 0, seconds: 0 };

/** Channels of Redis. */
export function redisBus({ commands, subscriber }: RedisConnection): Bus {
  return {
    publish: async (channel, text) => void (await commands.publish(channel, text)),
    subscribe: (channel, listener) => subscriber.subscribe(channel, listener),
    unsubscribe: (channel, listener) => subscriber.unsubscribe(channel, listener),
    // The client has subscribed to its channels again when it says that it is ready.
    onReturn: (listener) => void subscriber.on('ready', listener),
  };
}

/** A stream a room. Its entries carry the message's number as their id. */
export class RedisLog implements MessageLog {
  /** @param length about how many messages a room keeps; older ones go. */
  constructor(
    private readonly redis: RedisClient,
    private readonly length: number,
  ) {}

  async append(room: string, draft: Draft, known: number): Promise<Stored> {
    return (await this.appendWithin(WITHOUT_BOUND, room, draft, known)) as Stored;
  }

  async appendWithin(allowance: Allowance, room: string, draft: Draft, known: number): Promise<Stored | TooSoon> {
    const reply = await this.redis.send({
      head: headOf(room),
      stream: streamOf(room),
      place: `chat:sent:${room}:${draft.author}:${draft.id}`,
      counter: `chat:sending:${draft.author}`,
      channel: channelOf(room),
      draft: JSON.stringify(draft),
      at: draft.at,
      freshEpoch: newEpoch(),
      known,
      length: this.length,
      rememberSeconds: REMEMBER_SECONDS,
      allowance,
    });
    const [seq, at, epoch] = reply as [number, number, string];
    return seq === 0 ? { waitMs: at } : { seq, at, epoch };
  }

  async after(room: string, seq: number, limit: number): Promise<Slice> {
    const [head, entries] = await Promise.all([
      this.head(room),
      this.redis.xRange(streamOf(room), `(${seq}-0`, '+', { COUNT: limit }),
    ]);
    return { head, messages: (entries ?? []).map(toMessage) };
  }

  async before(room: string, seq: number | undefined, limit: number): Promise<Slice> {
    const [head, entries] = await Promise.all([
      this.head(room),
      this.redis.xRevRange(streamOf(room), seq === undefined ? '+' : `(${seq}-0`, '-', { COUNT: limit }),
    ]);
    return { head, messages: (entries ?? []).map(toMessage).reverse() };
  }

  heads(rooms: readonly string[]): Promise<readonly Head[]> {
    return Promise.all(rooms.map((room) => this.head(room)));
  }

  private async head(room: string): Promise<Head> {
    const [seq, epoch] = await this.redis.hmGet(headOf(room), ['seq', 'epoch']);
    return { seq: Number(seq ?? 0), epoch: epoch ?? '' };
  }
}

/** Where a room's number and epoch stand; whoever makes a room gives it its first epoch. */
export const headOf = (room: string): string => `chat:head:${room}`;
const streamOf = (room: string): string => `chat:log:${room}`;

const toMessage = ({ id, message }: { id: string; message: Record<string, string> }): Message => ({
  ...JSON.parse(message.draft as string),
  seq: Number.parseInt(id, 10),
});
