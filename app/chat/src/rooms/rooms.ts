import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { PublicRoom, Room } from '../events';
import { accountId, roomName } from '../fields';
import { Refusal } from '../refusal';
import { keyOf } from '../stores/store';
import { useCase } from '../use-case';
import { showRoom, toRoom } from './membership';

const PAGE = 100;

/** My rooms, by name. */
export const listRooms = useCase(z.strictObject({}), async ({ store }, account): Promise<{ rooms: Room[] }> => {
  const rooms = (await store.rooms.of(account.id)).map((membership) => toRoom(membership, account));
  return { rooms: rooms.sort((a, b) => (keyOf(a.name) < keyOf(b.name) ? -1 : 1)) };
});

/** Public rooms, mine and others. */
export const listPublicRooms = useCase(
  z.strictObject({ after: z.string().max(64).default('') }),
  async ({ store }, account, { after }): Promise<{ rooms: readonly PublicRoom[]; next?: string }> => {
    const rooms = await store.rooms.listPublic(account.id, after, PAGE);
    const last = rooms.length === PAGE ? rooms.at(-1) : undefined;
    return { rooms, ...(last && { next: keyOf(last.name) }) };
  },
);

/** Makes a public room with its first member. */
export const createRoom = useCase(
  z.strictObject({ name: roomName }),
  async ({ store, limits, notices }, account, { name }): Promise<{ room: Room }> => {
    await limits.spend('room', account.id);
    const id = randomUUID();
    if (!(await store.rooms.createPublic(id, name))) throw new Refusal('taken', `There is a room ${name} already.`);
    await store.rooms.join(id, account.id);
    await notices.tell('room-new', account.id, id);
    return { room: await showRoom(store, id, account) };
  },
);

/** Joins a public room by its name. */
export const joinRoom = useCase(
  z.strictObject({ name: roomName }),
  async ({ store, limits, notices }, account, { name }): Promise<{ room: Room }> => {
    await limits.spend('request', account.id);
    const room = await store.rooms.findByName(name);
    if (room === undefined) throw new Refusal('not-found', `There is no room ${name}.`);
    await store.rooms.join(room.id, account.id);
    await notices.tell('room-new', account.id, room.id);
    return { room: await showRoom(store, room.id, account) };
  },
);

/** The room of two: made when one of them first asks for it. */
export const openDirectRoom = useCase(
  z.strictObject({ user: accountId }),
  async ({ store, limits, notices }, account, { user }): Promise<{ room: Room }> => {
    await limits.spend('room', account.id);
    if (user === account.id) throw new Refusal('invalid', 'A direct room needs somebody else.');
    const other = await store.accounts.find(user);
    if (other === undefined) throw new Refusal('not-found', 'There is no such account.');
    const { id } = await store.rooms.openDirect(account, other);
    await Promise.all([account, other].map((member) => notices.tell('room-new', member.id, id)));
    return { room: await showRoom(store, id, account) };
  },
);
