import { randomUUID } from 'node:crypto';
import { directId, keyOf } from '../../../../../app/chat/src/stores/store';
import type { Subject } from '../contract';
import { atOnce, newDraft, storedAccount, storedRoom, uniqueName } from './samples';

export function describeRooms(stores: Subject): void {
  const rooms = () => stores.first.rooms;
  const pairOfAccounts = async () =>
    [
      await storedAccount(stores.first, uniqueName('Ada')),
      await storedAccount(stores.first, uniqueName('Bob')),
    ] as const;

  it('finds a public room by its name in any case, on every pod', async () => {
    const room = await storedRoom(stores.first, uniqueName('Room Ä'));
    expect(await stores.second.rooms.findByName(room.name.toUpperCase())).toEqual({ ...room, kind: 'public' });
    expect(await rooms().findByName(uniqueName('none'))).toBeUndefined();
  });

  it('refuses a room whose name or id is taken and leaves the first as it is', async () => {
    const room = await storedRoom(stores.first);
    const late = uniqueName('late');
    expect(await rooms().createPublic(randomUUID(), room.name.toUpperCase())).toBe(false);
    expect(await rooms().createPublic(room.id, late)).toBe(false);
    expect(await rooms().findByName(room.name)).toEqual({ ...room, kind: 'public' });
    expect(await rooms().findByName(late)).toBeUndefined();
  });

  it('gives a room’s name once to those who ask at the same time', async () => {
    const name = uniqueName('Race');
    const ids = Array.from({ length: 20 }, () => randomUUID());
    const made = await atOnce(20, stores, (store, turn) => store.rooms.createPublic(ids[turn] as string, name));
    const winners = ids.filter((_, turn) => made[turn]);
    expect(winners).toHaveLength(1);
    expect(await rooms().findByName(name)).toEqual({ id: winners[0], kind: 'public', name });
  });

  it('has nobody in a new room, not even its maker', async () => {
    const [ada] = await pairOfAccounts();
    const room = await storedRoom(stores.first);
    expect(await rooms().isMember(room.id, ada.id)).toBe(false);
    expect(await rooms().find(room.id, ada.id)).toBeUndefined();
    expect(await rooms().of(ada.id)).toEqual([]);
  });

  it('makes an account a member, however often it joins', async () => {
    const [ada, bob] = await pairOfAccounts();
    const room = await storedRoom(stores.first);
    await atOnce(6, stores, (store) => store.rooms.join(room.id, ada.id));
    expect(await stores.second.rooms.isMember(room.id, ada.id)).toBe(true);
    expect(await rooms().isMember(room.id, bob.id)).toBe(false);
    expect(await rooms().of(ada.id)).toHaveLength(1);
  });

  it('lists public rooms by the key of their name, page after page, and says which ones are mine', async () => {
    const [ada, bob] = await pairOfAccounts();
    const prefix = uniqueName('list');
    for (const end of ['b', 'C', 'a']) await storedRoom(stores.first, `${prefix} ${end}`);
    const [mine, theirs] = [await rooms().findByName(`${prefix} c`), await rooms().findByName(`${prefix} a`)];
    await rooms().join(theirs?.id as string, bob.id);
    await rooms().join(mine?.id as string, ada.id);
    await rooms().join(mine?.id as string, bob.id);
    const first = await stores.second.rooms.listPublic(ada.id, prefix, 2);
    expect(first).toEqual([
      { id: theirs?.id, name: `${prefix} a`, member: false },
      { id: expect.any(String), name: `${prefix} b`, member: false },
    ]);
    const [second] = await stores.second.rooms.listPublic(ada.id, keyOf(`${prefix} b`), 1);
    expect(second).toEqual({ id: mine?.id, name: `${prefix} C`, member: true });
  });

  it('opens one direct room for two accounts, whoever asks and however often', async () => {
    const [ada, bob] = await pairOfAccounts();
    const opened = await atOnce(20, stores, (store, turn) =>
      turn % 4 < 2 ? store.rooms.openDirect(ada, bob) : store.rooms.openDirect(bob, ada),
    );
    expect(new Set(opened.map(({ id }) => id))).toEqual(new Set([directId(ada.id, bob.id)]));
    for (const { id } of [ada, bob]) expect(await stores.second.rooms.of(id)).toHaveLength(1);
  });

  it('tells both members of a direct room, by id and name, and never a hash', async () => {
    const [ada, bob] = await pairOfAccounts();
    const opened = await rooms().openDirect(ada, bob);
    const membership = await stores.second.rooms.find(opened.id, bob.id);
    const members = [ada, bob].map(({ id, name }) => ({ id, name })).sort(byId);
    for (const room of [opened, membership?.room]) {
      if (room?.kind !== 'direct') throw new Error('this is no direct room');
      expect([...room.members].sort(byId)).toEqual(members);
    }
    expect(await rooms().isMember(opened.id, ada.id)).toBe(true);
  });

  it('shows a direct room to nobody else', async () => {
    const [ada, bob] = await pairOfAccounts();
    const eve = await storedAccount(stores.first, uniqueName('Eve'));
    const { id } = await rooms().openDirect(ada, bob);
    expect(await rooms().isMember(id, eve.id)).toBe(false);
    expect(await rooms().find(id, eve.id)).toBeUndefined();
    expect(await rooms().findByName(id)).toBeUndefined();
    expect((await rooms().listPublic(eve.id, '', 1_000)).map((room) => room.id)).not.toContain(id);
  });

  it('tells every membership of an account with where its room stands and how far it has read', async () => {
    const [ada, bob] = await pairOfAccounts();
    const room = await storedRoom(stores.first);
    await rooms().join(room.id, ada.id);
    await rooms().join(room.id, bob.id);
    const direct = await rooms().openDirect(ada, bob);
    const stored = await stores.first.log.append(room.id, newDraft(), 0);
    await rooms().markRead(room.id, ada.id, 1);
    const memberships = [...(await stores.second.rooms.of(ada.id))].sort((a, b) => a.room.id.length - b.room.id.length);
    expect(memberships).toEqual([
      { room: { ...room, kind: 'public' }, head: { seq: 1, epoch: stored.epoch }, read: 1 },
      { room: expect.objectContaining({ id: direct.id }), head: { seq: 0, epoch: expect.any(String) }, read: 0 },
    ]);
    expect(await rooms().find(room.id, bob.id)).toMatchObject({ head: { seq: 1 }, read: 0 });
  });

  it('never marks as unread what was read', async () => {
    const [ada] = await pairOfAccounts();
    const room = await storedRoom(stores.first);
    await rooms().join(room.id, ada.id);
    await atOnce(9, stores, (store, turn) => store.rooms.markRead(room.id, ada.id, ((turn * 4) % 9) + 1));
    await stores.second.rooms.markRead(room.id, ada.id, 3);
    await rooms().join(room.id, ada.id);
    expect(await rooms().find(room.id, ada.id)).toMatchObject({ read: 9 });
  });

  it('makes nobody a member by what they have read', async () => {
    const [ada] = await pairOfAccounts();
    const room = await storedRoom(stores.first);
    await rooms().markRead(room.id, ada.id, 3);
    expect(await rooms().isMember(room.id, ada.id)).toBe(false);
  });
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);
