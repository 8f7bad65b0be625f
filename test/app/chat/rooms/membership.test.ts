import { requireMember, showRoom, toRoom } from '../../../../app/chat/src/rooms/membership';
import { memoryBus } from '../../../../app/chat/src/stores/memory/log';
import { createMemoryStore } from '../../../../app/chat/src/stores/memory/memory';

const ana = { id: 'ana', name: 'Ana' };
const ben = { id: 'ben', name: 'Ben' };

describe('a room', () => {
  it('lets its members in, and tells others the same as of a room that does not exist', async () => {
    const store = createMemoryStore(memoryBus(), 100);
    await store.rooms.createPublic('r', 'Room');
    await store.rooms.join('r', 'ana');
    await expect(requireMember(store, 'r', ana)).resolves.toBeUndefined();
    const refusals = [];
    for (const room of ['r', 'none']) {
      refusals.push(await requireMember(store, room, ben).catch(({ failure }) => failure));
      refusals.push(await showRoom(store, room, ben).catch(({ failure }) => failure));
    }
    expect(new Set(refusals.map((failure) => JSON.stringify(failure))).size).toBe(1);
    expect(refusals[0].code).toBe('not-found');
  });

  it('of two is called by the other’s name, for each of them', () => {
    const room = { id: 'ana.ben', kind: 'direct', members: [ana, ben] } as const;
    const membership = { room, head: { seq: 3, epoch: 'a' }, read: 2 };
    const shared = { id: 'ana.ben', kind: 'direct', epoch: 'a', head: 3, read: 2 };
    expect(toRoom(membership, ana)).toEqual({ ...shared, name: 'Ben', with: ben });
    expect(toRoom(membership, ben)).toEqual({ ...shared, name: 'Ana', with: ana });
  });
});
