import { randomBytes } from 'node:crypto';
import type { Message } from '../events';

/** A message before it has its place in the room. */
export type Draft = Omit<Message, 'seq'>;

/** Where a room stands. */
export interface Head {
  /** Sequence number of the newest message; 0 in an empty room. */
  readonly seq: number;
  /** Random name of this numbering. It changes when the store has lost messages, because their numbers come again. */
  readonly epoch: string;
}

export interface Stored extends Head {
  readonly at: number;
}

export interface Slice {
  readonly head: Head;
  /** In the order of their numbers. */
  readonly messages: readonly Message[];
}

/** How many messages one author may send in a time. */
export interface Allowance {
  readonly messages: number;
  readonly seconds: number;
}

/** Refused by an allowance. */
export interface TooSoon {
  readonly waitMs: number;
}

/** Messages of rooms, in one order for everybody. */
export interface MessageLog {
  /**
   * Stores a message under the next number and publishes it to `channelOf(room)`. Resolves after it is stored. A draft whose author and id are
   * stored already gets the place that it has; it is published again where storing and publishing are two steps, of which one may have been the last.
   * @param known the highest number that the caller has seen of this room; a log that stands below has lost data and takes a new epoch.
   */
  append(room: string, draft: Draft, known: number): Promise<Stored>;
  /** The same within an allowance, for a log that counts in the same step. A message that is stored already costs nothing. */
  appendWithin?(allowance: Allowance, room: string, draft: Draft, known: number): Promise<Stored | TooSoon>;
  /**
   * At most `limit` messages after a number, the oldest first. They begin with `seq + 1`, or, where older ones are gone, later.
   */
  after(room: string, seq: number, limit: number): Promise<Slice>;
  /** At most `limit` messages before a number, or the newest ones; the newest comes last. */
  before(room: string, seq: number | undefined, limit: number): Promise<Slice>;
  /** In the order of the rooms. */
  heads(rooms: readonly string[]): Promise<readonly Head[]>;
}

/** Carries texts between pods. At most once: whoever needs all of them looks into the log. */
export interface Bus {
  publish(channel: string, text: string): Promise<void>;
  /** Resolves when everything that is published from now on arrives. */
  subscribe(channel: string, listener: (text: string) => void): Promise<void>;
  unsubscribe(channel: string, listener: (text: string) => void): Promise<void>;
  /** Calls back whenever texts may have been lost: the connection was away and is back. */
  onReturn(listener: () => void): void;
}

/** Channel of a room. Redis lets user `chat` have keys and channels that begin with `chat:`, and no others. */
export const channelOf = (room: string): string => `chat:room:${room}`;

/** Name of a numbering. */
export const newEpoch = (): string => randomBytes(8).toString('hex');

/** What a message looks like on its channel: `<seq> <epoch> <JSON of the draft>`. */
export const encodePublished = (head: Head, draft: string): string => `${head.seq} ${head.epoch} ${draft}`;

/** @returns undefined for a text that is not of this form. */
export function decodePublished(text: string): { head: Head; message: Message } | undefined {
  const match = /^(\d+) (\w+) (\{.*\})$/s.exec(text);
  if (!match) return undefined;
  const seq = Number(match[1]);
  return { head: { seq, epoch: match[2] as string }, message: { ...JSON.parse(match[3] as string), seq } };
}
