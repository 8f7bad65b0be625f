import * as z from 'zod';
import type { Account, Joined, Message } from '../events';
import type { Stored } from '../fanout/log';
import { messageId, messageText, roomId, seq } from '../fields';
import { notAMember, requireMember } from '../rooms/membership';
import { useCase } from '../use-case';

/** Messages that joining a room brings at a time. */
const RESUME = 200;
/** Messages that a room is shown with at first. */
const NEWEST = 50;
const LARGEST_PAGE = 100;

/** Somebody at a live connection. */
export interface Visitor {
  readonly account: Account;
  /** Rooms whose live messages this connection gets. Being there is being a member: nobody loses a membership. */
  readonly rooms: ReadonlySet<string>;
  /** From its end on, live messages of the room reach the connection. */
  enter(room: string): Promise<void>;
}

/** Stores a message, then acknowledges it. The room's feeds bring it to everybody, the sender included. */
export const sendMessage = useCase(
  z.strictObject({ room: roomId, id: messageId, text: messageText }),
  async ({ store, limits, feeds }, { account, rooms }: Visitor, { room, id, text }): Promise<Stored> => {
    if (!rooms.has(room)) await requireMember(store, room, account);
    const draft = { id, author: account.id, name: account.name, text, at: Date.now() };
    const known = feeds.seen(room);
    const { log } = store;
    if (log.appendWithin === undefined) {
      await limits.spend('message', account.id);
      return log.append(room, draft, known);
    }
    const stored = await log.appendWithin(limits.messages, room, draft, known);
    if ('waitMs' in stored) throw limits.refusal('message', stored.waitMs);
    return stored;
  },
);

/** Live messages from now on, and what the room has after `after`; its newest messages where that would leave a hole, or where nothing was asked for. */
export const enterRoom = useCase(
  z.strictObject({ room: roomId, after: seq.optional(), epoch: z.string().max(64).optional() }),
  async ({ store }, visitor: Visitor, { room, after, epoch }): Promise<Joined> => {
    if (!visitor.rooms.has(room)) {
      await requireMember(store, room, visitor.account);
      await visitor.enter(room);
    }
    if (after !== undefined) {
      const { head, messages } = await store.log.after(room, after, RESUME);
      const gapless = after === head.seq || messages[0]?.seq === after + 1;
      if (gapless && epoch === head.epoch) return { room, epoch, head: head.seq, messages, resumed: true };
    }
    const { head, messages } = await store.log.before(room, undefined, NEWEST);
    return { room, epoch: head.epoch, head: head.seq, messages, resumed: false };
  },
);

/** A page of history, the newest first. */
export const readHistory = useCase(
  z.strictObject({
    room: roomId,
    before: z.coerce.number().pipe(seq).optional(),
    limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(50),
  }),
  async (
    { store },
    account,
    { room, before, limit },
  ): Promise<{ epoch: string; messages: Message[]; next?: number }> => {
    await requireMember(store, room, account);
    const { head, messages } = await store.log.before(room, before, limit);
    const oldest = messages.length === limit ? messages[0]?.seq : undefined;
    return {
      epoch: head.epoch,
      messages: [...messages].reverse(),
      ...(oldest !== undefined && oldest > 1 && { next: oldest }),
    };
  },
);

/** Everything up to `seq` was read. */
export const markRead = useCase(
  z.strictObject({ room: roomId, seq }),
  async ({ store }, { account, rooms }: Visitor, { room, seq: read }): Promise<null> => {
    if (!rooms.has(room)) await requireMember(store, room, account);
    const [head] = await store.log.heads([room]);
    await store.rooms.markRead(room, account.id, Math.min(read, head?.seq ?? 0));
    return null;
  },
);

/** Tells the room that somebody writes. */
export const sayTyping = useCase(
  z.strictObject({ room: roomId }),
  async ({ feeds }, { account, rooms }: Visitor, { room }): Promise<void> => {
    if (!rooms.has(room)) throw notAMember();
    await feeds.type(room, account);
  },
);
