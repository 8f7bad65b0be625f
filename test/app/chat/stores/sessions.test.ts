import { createSessions, memoryShelf, type SessionShelf } from '../../../../app/chat/src/stores/sessions';

const ana = { id: 'ana', name: 'Ana' };

/** A shelf whose clock is told, and what lies on it. */
function shelfWithClock() {
  const clock = { now: 0 };
  const puts: [key: string, account: string, seconds: number][] = [];
  const shelf = memoryShelf(() => clock.now);
  const watched: SessionShelf = {
    ...shelf,
    put: (...words) => {
      puts.push(words);
      return shelf.put(...words);
    },
  };
  return { clock, puts, shelf: watched };
}

describe('a session', () => {
  it('is opened by its id, which nobody can guess', async () => {
    const sessions = createSessions(memoryShelf(), ['secret'], 60);
    const ids = await Promise.all(Array.from({ length: 50 }, () => sessions.create(ana)));
    expect(new Set(ids).size).toBe(50);
    for (const id of ids) {
      expect(Buffer.from(id, 'base64url')).toHaveLength(32);
      expect((await sessions.find(id))?.account).toEqual(ana);
    }
    expect(await sessions.find('')).toBeUndefined();
  });

  it('is stored under a key that does not open it', async () => {
    const { puts, shelf } = shelfWithClock();
    const sessions = createSessions(shelf, ['secret'], 60);
    const id = await sessions.create(ana);
    const [[key, account] = ['', '']] = puts;
    expect(key).toBe((await sessions.find(id))?.key);
    expect([key, account].join()).not.toContain(id);
    expect(await sessions.find(key)).toBeUndefined();
  });

  it('keeps id and name of the account, and no hash', async () => {
    const { puts, shelf } = shelfWithClock();
    await createSessions(shelf, ['secret'], 60).create({ ...ana, hash: 'hush' } as typeof ana);
    expect(JSON.parse(puts[0]?.[1] ?? '')).toEqual(ana);
  });

  it('is none with another key of the hash', async () => {
    const shelf = memoryShelf();
    const id = await createSessions(shelf, ['one'], 60).create(ana);
    expect(await createSessions(shelf, ['other'], 60).find(id)).toBeUndefined();
  });

  it('outlives the change of keys: the new one makes sessions, the old one still opens its own', async () => {
    const shelf = memoryShelf();
    const before = await createSessions(shelf, ['old'], 60).create(ana);
    const meanwhile = createSessions(shelf, ['new', 'old'], 60);
    const during = await meanwhile.create(ana);
    expect((await meanwhile.find(before))?.account).toEqual(ana);
    const after = createSessions(shelf, ['new'], 60);
    expect((await after.find(during))?.account).toEqual(ana);
    expect(await after.find(before)).toBeUndefined();
  });

  it('can be ended under the key that it is known by', async () => {
    const sessions = createSessions(memoryShelf(), ['new', 'old'], 60);
    const id = await sessions.create(ana);
    await sessions.end((await sessions.find(id))?.key ?? '');
    expect(await sessions.find(id)).toBeUndefined();
  });

  it('ends when it was not used for its lifetime; each use gives it another', async () => {
    const { clock, shelf } = shelfWithClock();
    const sessions = createSessions(shelf, ['secret'], 60);
    const id = await sessions.create(ana);
    clock.now = 59_000;
    expect(await sessions.find(id)).toBeDefined();
    clock.now = 118_000;
    expect(await sessions.find(id)).toBeDefined();
    clock.now = 178_000;
    expect(await sessions.find(id)).toBeUndefined();
  });

  it('is told from those that have ended, and lives on while it is in use', async () => {
    const { clock, shelf } = shelfWithClock();
    const sessions = createSessions(shelf, ['secret'], 60);
    const used = (await sessions.find(await sessions.create(ana)))?.key ?? '';
    clock.now = 40_000;
    expect(await sessions.living([used, 'gone'])).toEqual(new Set([used]));
    clock.now = 90_000;
    expect(await sessions.living([used])).toEqual(new Set([used]));
    expect(await sessions.living([])).toEqual(new Set());
  });
});
