import { EventEmitter } from 'node:events';
import type { Message } from '../../events';
import {
  type Bus,
  channelOf,
  type Draft,
  encodePublished,
  type Head,
  type MessageLog,
  newEpoch,
  type Slice,
  type Stored,
} from '../../fanout/log';

/** Channels inside one process. */
export function memoryBus(): Bus {
  const channels = new EventEmitter();
  return {
    publish: async (channel, text) => void channels.emit(channel, text),
    subscribe: async (channel, listener) => void channels.on(channel, listener),
    unsubscribe: async (channel, listener) => void channels.off(channel, listener),
    onReturn: () => {},
  };
}

interface RoomLog {
  epoch: string;
  seq: number;
  messages: Message[];
  places: Map<string, Stored>;
}

/** Messages that are gone with the process. */
export class MemoryLog implements MessageLog {
  private readonly rooms = new Map<string, RoomLog>();

  /** @param length how many messages a room keeps; older ones go. */
  constructor(
    private readonly bus: Bus,
    private readonly length: number,
  ) {}

  async append(room: string, draft: Draft, known: number): Promise<Stored> {
    const log = this.room(room);
    if (log.seq < known) log.epoch = newEpoch();
    const name = `${draft.author}:${draft.id}`;
    const place = log.places.get(name);
    if (place) return { ...place, epoch: log.epoch };
    log.seq += 1;
    const stored = { seq: log.seq, epoch: log.epoch, at: draft.at };
    log.messages.push({ ...draft, seq: log.seq });
    log.places.set(name, stored);
    if (log.messages.length > this.length) this.forgetOldest(log);
    await this.bus.publish(channelOf(room), encodePublished(stored, JSON.stringify(draft)));
    return stored;
  }

  async after(room: string, seq: number, limit: number): Promise<Slice> {
    const { messages } = this.room(room);
    const from = Math.max(0, seq + 1 - (messages[0]?.seq ?? 1));
    return { head: this.head(room), messages: messages.slice(from, from + limit) };
  }

  async before(room: string, seq: number | undefined, limit: number): Promise<Slice> {
    const { messages } = this.room(room);
    const to =
      seq === undefined ? messages.length : Math.min(messages.length, Math.max(0, seq - (messages[0]?.seq ?? 1)));
    return { head: this.head(room), messages: messages.slice(Math.max(0, to - limit), to) };
  }

  async heads(rooms: readonly string[]): Promise<readonly Head[]> {
    return rooms.map((room) => this.head(room));
  }

  private head(name: string): Head {
    const { seq, epoch } = this.room(name);
    return { seq, epoch };
  }

  private forgetOldest({ messages, places }: RoomLog): void {
    const oldest = messages.shift();
    if (oldest) places.delete(`${oldest.author}:${oldest.id}`);
  }

  private room(name: string): RoomLog {
    const log = this.rooms.get(name) ?? { epoch: newEpoch(), seq: 0, messages: [], places: new Map() };
    this.rooms.set(name, log);
    return log;
  }
}
