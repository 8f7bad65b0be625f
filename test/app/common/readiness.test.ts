import { ANSWER_LIMIT, type Dependency, Readiness, within } from '../../../app/common/src/readiness';

/** A dependency that answers while it is told to. */
function store(name = 'store') {
  const state = { answers: true };
  const dependency: Dependency = {
    name,
    check: async () => {
      if (!state.answers) throw new Error('away');
    },
  };
  return { state, dependency };
}

describe('readiness', () => {
  it('is not there before the first round', () => {
    expect(new Readiness([]).reasons).toEqual(['starting']);
  });

  it('is there after one round in which everything answers', async () => {
    const readiness = new Readiness([store().dependency]);
    await readiness.ask();
    expect(readiness.reasons).toEqual([]);
  });

  it('names what does not answer at the start, at once', async () => {
    const [one, other] = [store('redis'), store('mysql')];
    other.state.answers = false;
    const readiness = new Readiness([one.dependency, other.dependency]);
    await readiness.ask();
    expect(readiness.reasons).toEqual(['mysql']);
  });

  it('outlives two failures in a row, not three', async () => {
    const { state, dependency } = store();
    const readiness = new Readiness([dependency]);
    await readiness.ask();
    state.answers = false;
    const seen = [];
    for (let round = 0; round < 3; round += 1) {
      await readiness.ask();
      seen.push(readiness.reasons);
    }
    expect(seen).toEqual([[], [], ['store']]);
  });

  it('counts failures in a row only', async () => {
    const { state, dependency } = store();
    const readiness = new Readiness([dependency]);
    for (const answers of [true, false, false, true, false, false]) {
      state.answers = answers;
      await readiness.ask();
    }
    expect(readiness.reasons).toEqual([]);
  });

  it('is back after one round in which everything answers', async () => {
    const { state, dependency } = store();
    const readiness = new Readiness([dependency]);
    for (const answers of [true, false, false, false, false, true]) {
      state.answers = answers;
      await readiness.ask();
    }
    expect(readiness.reasons).toEqual([]);
  });

  it('ends for good when it drains', async () => {
    const readiness = new Readiness([store().dependency]);
    await readiness.ask();
    readiness.drain();
    expect(readiness.reasons).toEqual(['draining']);
    await readiness.ask();
    expect(readiness.reasons).toEqual(['draining']);
  });

  it('tells every change once, with the reasons', async () => {
    const { state, dependency } = store();
    const changes: unknown[] = [];
    const readiness = new Readiness([dependency], (...change) => changes.push(change));
    for (const answers of [true, true, false, false, false, false, true]) {
      state.answers = answers;
      await readiness.ask();
    }
    expect(changes).toEqual([
      [true, []],
      [false, ['store']],
      [true, []],
    ]);
  });
});

describe('the rounds', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('begin at the start, come once a second and end with the drain', async () => {
    let rounds = 0;
    const readiness = new Readiness([{ name: 'store', check: async () => (rounds += 1) }]);
    await readiness.start();
    expect(rounds).toBe(1);
    await jest.advanceTimersByTimeAsync(3_000);
    expect(rounds).toBe(4);
    readiness.drain();
    await jest.advanceTimersByTimeAsync(3_000);
    expect(rounds).toBe(4);
  });

  it('take a dependency that answers nothing for one that fails, after its limit', async () => {
    const readiness = new Readiness([{ name: 'frozen', check: () => new Promise(() => {}) }]);
    let asked = false;
    void readiness.ask().then(() => {
      asked = true;
    });
    await jest.advanceTimersByTimeAsync(ANSWER_LIMIT - 1);
    expect(asked).toBe(false);
    await jest.advanceTimersByTimeAsync(1);
    expect(asked).toBe(true);
    expect(readiness.reasons).toEqual(['frozen']);
  });

  it('ask all dependencies at the same time', async () => {
    const hang = { name: 'frozen', check: () => new Promise(() => {}) };
    let asked = 0;
    const other = { name: 'other', check: async () => (asked += 1) };
    void new Readiness([hang, other]).ask();
    expect(asked).toBe(1);
    await jest.advanceTimersByTimeAsync(ANSWER_LIMIT);
  });
});

describe('a limit on waiting', () => {
  it('hands on what comes in time, good or bad, and keeps no timer', async () => {
    jest.useFakeTimers();
    await expect(within(10, Promise.resolve('answer'))).resolves.toBe('answer');
    await expect(within(10, Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('says how long it has waited', async () => {
    await expect(within(1, new Promise(() => {}))).rejects.toThrow('no answer within 1 ms');
  });
});
