import type { Account, Person } from '../../../../app/chat/src/events';
import { BEAT, type Board, Presence } from '../../../../app/chat/src/presence/presence';

const ana = { id: 'ana', name: 'Ana' };
const ben = { id: 'ben', name: 'Ben' };

/** A board that other pods write on as well, and that can be away. */
class SharedBoard implements Board {
  readonly calls: string[] = [];
  readonly others = new Map<string, Account>();
  readonly ours = new Map<string, Account>();
  away = false;
  reads = 0;
  tell = () => {};

  async add(account: Account): Promise<void> {
    this.note(`add ${account.id}`);
    this.ours.set(account.id, account);
    this.tell();
  }

  async remove(account: Account): Promise<void> {
    this.note(`remove ${account.id}`);
    this.ours.delete(account.id);
    this.tell();
  }

  async beat(accounts: readonly Account[]): Promise<void> {
    this.note(`beat ${accounts.map(({ id }) => id)}`);
    this.ours.clear();
    for (const account of accounts) this.ours.set(account.id, account);
  }

  async read(): Promise<readonly Account[]> {
    this.reads += 1;
    if (this.away) throw new Error('away');
    return [...this.ours.values(), ...this.others.values()];
  }

  async onChange(listener: () => void): Promise<void> {
    this.tell = listener;
  }

  private note(call: string): void {
    this.calls.push(call);
    if (this.away) throw new Error('away');
  }
}

async function start(board = new SharedBoard()) {
  const told: (readonly Person[])[] = [];
  const errors: unknown[] = [];
  const presence = new Presence(
    board,
    (people) => told.push(people),
    (error) => errors.push(error),
  );
  await presence.start();
  return { board, presence, told, errors };
}

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a person', () => {
  it('is here from the first connection to the last', async () => {
    const { board, presence, told } = await start();
    presence.arrive(ana);
    presence.arrive(ana);
    await jest.advanceTimersByTimeAsync(300);
    expect(presence.isOnline('ana')).toBe(true);
    presence.leave(ana);
    await jest.advanceTimersByTimeAsync(300);
    expect(presence.isOnline('ana')).toBe(true);
    presence.leave(ana);
    await jest.advanceTimersByTimeAsync(300);
    expect(presence.isOnline('ana')).toBe(false);
    expect(board.calls).toEqual(['add ana', 'remove ana']);
    expect(told).toEqual([[{ ...ana, online: true }], [{ ...ana, online: false }]]);
  });

  it('who loads the page anew neither leaves nor comes', async () => {
    const { presence, told } = await start();
    presence.arrive(ana);
    await jest.advanceTimersByTimeAsync(300);
    presence.leave(ana);
    await jest.advanceTimersByTimeAsync(100);
    presence.arrive(ana);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(told).toHaveLength(1);
  });

  it('who was here before the pod began is known and told of at once', async () => {
    const board = new SharedBoard();
    board.others.set('ben', ben);
    const { presence, told } = await start(board);
    expect([presence.size, presence.isOnline('ben')]).toEqual([1, true]);
    expect(told).toEqual([[{ ...ben, online: true }]]);
  });

  it('who never came cannot leave', async () => {
    const { board, presence } = await start();
    presence.leave(ana);
    expect(board.calls).toEqual([]);
  });
});

describe('a crowd', () => {
  it('that comes at once is looked at and told of once', async () => {
    const { board, presence, told } = await start();
    board.reads = 0;
    for (let count = 0; count < 1_000; count += 1) presence.arrive({ id: `p${count}`, name: `P${count}` });
    await jest.advanceTimersByTimeAsync(300);
    expect(told).toHaveLength(1);
    expect(told[0]).toHaveLength(1_000);
    expect(board.reads).toBe(1);
    expect(presence.size).toBe(1_000);
  });
});

describe('a beat', () => {
  it('says every two seconds who is here, and finds whose pod is gone', async () => {
    const { board, presence, told } = await start();
    board.others.set('ben', ben);
    presence.arrive(ana);
    await jest.advanceTimersByTimeAsync(BEAT);
    expect(board.calls).toEqual(['add ana', 'beat ana']);
    board.others.clear();
    await jest.advanceTimersByTimeAsync(BEAT);
    expect(told.at(-1)).toEqual([{ ...ben, online: false }]);
    expect(presence.isOnline('ben')).toBe(false);
  });

  it('brings to the board who could not be written while it was away', async () => {
    const { board, presence, errors } = await start();
    board.away = true;
    presence.arrive(ana);
    await jest.advanceTimersByTimeAsync(BEAT);
    expect(errors).toEqual([new Error('away'), new Error('away')]);
    board.away = false;
    await jest.advanceTimersByTimeAsync(BEAT);
    expect(presence.isOnline('ana')).toBe(true);
  });

  it('takes from the board who could not be removed while it was away', async () => {
    const { board, presence } = await start();
    presence.arrive(ana);
    presence.arrive(ben);
    await jest.advanceTimersByTimeAsync(300);
    board.away = true;
    presence.leave(ana);
    await jest.advanceTimersByTimeAsync(300);
    board.away = false;
    await jest.advanceTimersByTimeAsync(BEAT);
    expect([presence.isOnline('ana'), presence.isOnline('ben')]).toEqual([false, true]);
  });
});

describe('the end', () => {
  it('takes everybody of this pod from the board, and nobody of another; then nothing beats', async () => {
    const { board, presence } = await start();
    board.others.set('ben', ben);
    presence.arrive(ana);
    await presence.close();
    expect(await board.read()).toEqual([ben]);
    board.calls.length = 0;
    await jest.advanceTimersByTimeAsync(5 * BEAT);
    expect(board.calls).toEqual([]);
  });
});
