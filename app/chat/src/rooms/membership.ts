import type { Account, Room } from '../events';
import { Refusal } from '../refusal';
import type { Membership, Store } from '../stores/store';

/** The same words for a room that does not exist: which rooms there are is nobody's business but their members'. */
export const notAMember = (): Refusal => new Refusal('not-found', 'There is no such room, or you are not in it.');

/** @throws Refusal `not-found` where the account is not in the room. */
export async function requireMember({ rooms }: Store, room: string, { id }: Account): Promise<void> {
  if (!(await rooms.isMember(room, id))) throw notAMember();
}

/** The room as a member sees it. */
export async function showRoom(store: Store, room: string, account: Account): Promise<Room> {
  const membership = await store.rooms.find(room, account.id);
  if (membership === undefined) throw notAMember();
  return toRoom(membership, account);
}

export function toRoom({ room, head, read }: Membership, { id }: Account): Room {
  const where = { epoch: head.epoch, head: head.seq, read };
  if (room.kind === 'public') return { id: room.id, kind: 'public', name: room.name, ...where };
  const [first, second] = room.members;
  const other = first.id === id ? second : first;
  return { id: room.id, kind: 'direct', name: other.name, with: other, ...where };
}
