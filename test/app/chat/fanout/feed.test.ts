import type { Batch } from '../../../../app/chat/src/events';
import { Feed } from '../../../../app/chat/src/fanout/feed';
import type { MessageLog } from '../../../../app/chat/src/fanout/log';
import { RoomLog } from './room-log';

/** @param writing milliseconds that handing over a batch takes. */
function start(writing = 0) {
  const log = new RoomLog();
  const batches: Batch[] = [];
  const errors: unknown[] = [];
  const feed = new Feed(
    'r',
    log as unknown as MessageLog,
    (batch) => {
      batches.push(batch);
      jest.advanceTimersByTime(writing);
    },
    (error) => errors.push(error),
  );
  feed.begin(log.head);
  const shown = () => batches.map(({ messages }) => messages.map(({ seq }) => seq));
  return { log, feed, batches, errors, shown };
}

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['nextTick'] });
  jest.advanceTimersByTime(1_000);
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a feed’s batches', () => {
  it('leave a quiet room at once, each with its room and epoch', () => {
    const { log, feed, batches } = start();
    feed.take(log.store('hello'));
    expect(batches).toEqual([{ room: 'r', epoch: 'a', messages: log.messages }]);
  });

  it('leave a busy room once a window, with everything that came meanwhile', () => {
    const { log, feed, shown } = start();
    for (let count = 0; count < 10; count += 1) {
      feed.take(log.store());
      feed.take(log.store());
      jest.advanceTimersByTime(1);
    }
    jest.advanceTimersByTime(5);
    expect(shown()).toEqual([[1], [2, 3, 4, 5, 6, 7, 8, 9, 10], [11, 12, 13, 14, 15, 16, 17, 18, 19, 20]]);
  });

  it('wait a window where the last one left a moment ago, and no longer', () => {
    const { log, feed, shown } = start();
    feed.take(log.store());
    jest.advanceTimersByTime(10);
    feed.take(log.store());
    jest.advanceTimersByTime(4);
    expect(shown()).toEqual([[1]]);
    jest.advanceTimersByTime(1);
    expect(shown()).toEqual([[1], [2]]);
  });

  it('leave at once again when the room has been quiet', () => {
    const { log, feed, shown } = start();
    for (let count = 0; count < 3; count += 1) {
      feed.take(log.store());
      jest.advanceTimersByTime(25);
    }
    expect(shown()).toEqual([[1], [2], [3]]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('wait longer where writing them takes long, but not for ever', () => {
    const { log, feed, shown } = start(10);
    feed.take(log.store());
    feed.take(log.store());
    jest.advanceTimersByTime(29);
    expect(shown()).toHaveLength(1);
    jest.advanceTimersByTime(1);
    expect(shown()).toHaveLength(2);
  });

  it('are no larger than what a slow client may have waiting beyond its limit', () => {
    const { log, feed, shown } = start();
    feed.take(log.store());
    for (let count = 0; count < 100; count += 1) feed.take(log.store());
    feed.flush();
    expect(shown().map(({ length }) => length)).toEqual([1, 64, 36]);
  });

  it('leave before their time when they are flushed, and not again', () => {
    const { log, feed, shown } = start();
    feed.take(log.store());
    feed.take(log.store());
    feed.flush();
    expect(shown()).toEqual([[1], [2]]);
    jest.advanceTimersByTime(10);
    feed.flush();
    expect(shown()).toHaveLength(2);
  });
});

describe('a feed', () => {
  it('gives nobody what came before it began', () => {
    const { log, feed, shown } = start();
    const old = log.store();
    feed.begin(log.head);
    feed.take(old);
    feed.take(log.store());
    expect(shown()).toEqual([[2]]);
    expect(feed.seen).toBe(2);
  });

  it('knows no number before it begins, and reads what it heard of until then', async () => {
    const log = new RoomLog();
    const batches: Batch[] = [];
    const feed = new Feed(
      'r',
      log as unknown as MessageLog,
      (batch) => batches.push(batch),
      () => {},
    );
    const before = log.head;
    feed.take(log.store());
    expect(feed.seen).toBe(0);
    feed.begin(before);
    await log.settle();
    expect(batches.flatMap(({ messages }) => messages)).toEqual(log.messages);
  });

  it('shows a message that comes twice once', () => {
    const { log, feed, shown } = start();
    const text = log.store();
    feed.take(text);
    feed.take(text);
    jest.advanceTimersByTime(10);
    expect(shown()).toEqual([[1]]);
    expect(log.reads).toBe(0);
  });

  it('reads what is missing from the log, in order, with what comes meanwhile', async () => {
    const { log, feed, shown } = start();
    log.store();
    log.held = true;
    feed.take(log.store());
    feed.take(log.store());
    expect(shown()).toEqual([]);
    await log.settle();
    jest.advanceTimersByTime(10);
    expect(shown().flat()).toEqual([1, 2, 3]);
  });

  it('reads more than one page', async () => {
    const { log, feed, shown } = start();
    for (let count = 0; count < 1_200; count += 1) log.store();
    feed.compare(log.head);
    await log.settle();
    jest.advanceTimersByTime(10);
    expect(shown().flat()).toEqual(log.messages.map(({ seq }) => seq));
    expect(log.reads).toBe(3);
  });

  it('says that it could not read, and tries again at the next message', async () => {
    const { log, feed, errors, shown } = start();
    log.store();
    log.broken = true;
    feed.take(log.store());
    await log.settle();
    expect(errors).toEqual([new Error('the log is away')]);
    log.broken = false;
    feed.take(log.store());
    await log.settle();
    jest.advanceTimersByTime(10);
    expect(shown().flat()).toEqual([1, 2, 3]);
  });

  it('learns from the head of the log what the bus did not bring', async () => {
    const { log, feed, shown } = start();
    log.store();
    feed.compare(log.head);
    await log.settle();
    expect(shown()).toEqual([[1]]);
    feed.compare(log.head);
    expect(log.reads).toBe(1);
  });

  it('ignores what is no message', () => {
    const { feed, shown } = start();
    for (const text of ['', 'x', '{}', '1 a', '99 a nonsense']) feed.take(text);
    expect(shown()).toEqual([]);
  });
});

describe('a log that lost data', () => {
  it('shows in the epoch of the next batch; what waited of the old one leaves before, on its own', () => {
    const { log, feed, batches, shown } = start();
    for (let count = 0; count < 3; count += 1) feed.take(log.store());
    log.setBack(1, 'b');
    feed.take(log.store());
    jest.advanceTimersByTime(10);
    expect(batches.map(({ epoch }) => epoch)).toEqual(['a', 'a', 'b']);
    expect(shown()).toEqual([[1], [2, 3], [2]]);
    expect(feed.seen).toBe(2);
  });

  it('is found by the head of the log as well: its newest message tells clients', async () => {
    const { log, feed, batches } = start();
    feed.take(log.store());
    log.setBack(0, 'b');
    for (let count = 0; count < 3; count += 1) log.store();
    feed.compare(log.head);
    await log.settle();
    jest.advanceTimersByTime(10);
    expect(batches.at(-1)).toEqual({ room: 'r', epoch: 'b', messages: log.messages.slice(-1) });
    feed.take(log.store());
    jest.advanceTimersByTime(10);
    expect(batches.at(-1)).toEqual({ room: 'r', epoch: 'b', messages: log.messages.slice(-1) });
  });
});
