import type { Failure, Message, Result } from '../events';
import type { Position } from './room-feed';

/** Milliseconds after which a message without an acknowledgement is sent again. */
const ACKNOWLEDGE_LIMIT = 1_500;
/** Milliseconds after which a message counts as not sent; the person decides then. */
const SEND_LIMIT = 60_000;
/** Milliseconds before the next try where a refusal does not say. */
const RETRY_AFTER = 1_000;

/** A message of mine that the room has not shown yet. */
export interface OutboxEntry {
  readonly id: string;
  readonly room: string;
  readonly text: string;
  /** Milliseconds since 1970, when the person sent it. */
  readonly at: number;
  /** `waiting` also while it is under way; `stored` once acknowledged, until its room shows it; `failed`: not sent. */
  readonly state: 'waiting' | 'stored' | 'failed';
  /** Why it failed, or what it waits for. */
  readonly failure?: Failure;
}

interface Slot extends OutboxEntry {
  state: OutboxEntry['state'];
  failure?: Failure;
  /** When the next try is due. */
  due: number;
  /** When it counts as not sent. */
  deadline: number;
  /** Its place in the room, once stored. */
  place?: Position;
}

/**
 * Messages on their way, in the order in which they were written. One of a room is under way at a time, so that resending
 * never changes their order. Knows no clock and no network: its owner says what time it is and sends what is due.
 */
export class Outbox {
  private slots: Slot[] = [];

  get entries(): readonly OutboxEntry[] {
    return this.slots;
  }

  add(id: string, room: string, text: string, now: number): void {
    this.slots.push({ id, room, text, at: now, state: 'waiting', due: now, deadline: now + SEND_LIMIT });
  }

  /** Sends a failed message once more, under the same id: were it stored after all, it is not stored twice. */
  retry(id: string, now: number): void {
    const slot = this.find(id);
    if (slot?.state !== 'failed') return;
    this.remove(id);
    this.slots.push({ ...slot, state: 'waiting', failure: undefined, due: now, deadline: now + SEND_LIMIT });
  }

  /** Forgets a failed message. */
  discard(id: string): void {
    if (this.find(id)?.state === 'failed') this.remove(id);
  }

  /** Gives up what has waited too long. @returns whether there was any. */
  expire(now: number): boolean {
    const late = this.slots.filter((slot) => slot.state === 'waiting' && slot.deadline <= now);
    for (const slot of late) fail(slot, slot.failure);
    return late.length > 0;
  }

  /** What is to be sent now, the connection being there. Whatever is returned counts as under way. */
  takeDue(now: number): readonly OutboxEntry[] {
    const due = this.firsts().filter((slot) => slot.due <= now);
    for (const slot of due) slot.due = now + ACKNOWLEDGE_LIMIT;
    return due;
  }

  /** When there is something to do again. */
  nextDue(connected: boolean): number | undefined {
    const times = this.slots.filter(({ state }) => state === 'waiting').map(({ deadline }) => deadline);
    if (connected) times.push(...this.firsts().map(({ due }) => due), ...this.stored().map(({ due }) => due));
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  answered(id: string, result: Result<Position>, now: number): void {
    const slot = this.find(id);
    if (!slot || slot.state === 'stored') return;
    if ('data' in result) {
      slot.state = 'stored';
      slot.place = result.data;
      slot.failure = undefined;
      slot.due = now + ACKNOWLEDGE_LIMIT;
      return;
    }
    const { code, retryAfterMs } = result.error;
    if (code !== 'too-many' && code !== 'unavailable') {
      fail(slot, result.error);
      return;
    }
    slot.failure = result.error;
    slot.due = now + (retryAfterMs ?? RETRY_AFTER);
  }

  /** Whatever was under way is sent again at the next connection. */
  disconnected(now: number): void {
    for (const slot of this.firsts()) if (!slot.failure) slot.due = now;
  }

  /** A room has shown these messages: mine among them have arrived, acknowledged or not. @returns whether there was any. */
  shown(room: string, messages: readonly Message[]): boolean {
    if (this.slots.length === 0) return false;
    const ids = new Set(messages.map(({ id }) => id));
    const rest = this.slots.filter((slot) => slot.room !== room || !ids.has(slot.id));
    const any = rest.length < this.slots.length;
    this.slots = rest;
    return any;
  }

  /** A room stands at a position: what is stored up to there needs no waiting for, shown or not. */
  passed(room: string, { seq, epoch }: Position): void {
    const behind = ({ place }: Slot) => place?.epoch === epoch && place.seq <= seq;
    this.slots = this.slots.filter((slot) => slot.room !== room || !behind(slot));
  }

  /** A room was loaded anew. What was stored under another numbering may be lost: it is sent again. */
  reloaded(room: string, { epoch }: Position, now: number): void {
    for (const slot of this.stored()) {
      if (slot.room !== room || slot.place?.epoch === epoch) continue;
      Object.assign(slot, { state: 'waiting', place: undefined, due: now, deadline: now + SEND_LIMIT });
    }
  }

  /** Rooms that should have shown a stored message by now: its batch was lost on the way. */
  takeOverdueRooms(now: number): ReadonlySet<string> {
    const overdue = this.stored().filter(({ due }) => due <= now);
    for (const slot of overdue) slot.due = now + ACKNOWLEDGE_LIMIT;
    return new Set(overdue.map(({ room }) => room));
  }

  private stored(): Slot[] {
    return this.slots.filter(({ state }) => state === 'stored');
  }

  /** The first waiting message of each room. */
  private firsts(): Slot[] {
    const rooms = new Map<string, Slot>();
    for (const slot of this.slots) if (slot.state === 'waiting' && !rooms.has(slot.room)) rooms.set(slot.room, slot);
    return [...rooms.values()];
  }

  private find(id: string): Slot | undefined {
    return this.slots.find((slot) => slot.id === id);
  }

  private remove(id: string): void {
    this.slots = this.slots.filter((slot) => slot.id !== id);
  }
}

function fail(slot: Slot, failure: Failure | undefined): void {
  slot.state = 'failed';
  slot.failure = failure;
}
