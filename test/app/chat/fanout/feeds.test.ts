import type { Account, Batch } from '../../../../app/chat/src/events';
import { Feeds } from '../../../../app/chat/src/fanout/feeds';
import { type Bus, channelOf } from '../../../../app/chat/src/fanout/log';
import { MemoryLog, memoryBus } from '../../../../app/chat/src/stores/memory/log';
import { until } from '../../../support/until';

/** A bus that can lose what it carries and fail to do what it is asked. */
function unsteadyBus() {
  const bus = memoryBus();
  const calls: string[] = [];
  const state = { deaf: false, broken: new Set<string>(), back: () => {}, calls };
  const attempt = (call: string, channel: string) => {
    calls.push(`${call} ${channel}`);
    if (state.broken.has(call)) throw new Error(`cannot ${call}`);
  };
  const unsteady: Bus = {
    publish: async (channel, text) => {
      if (!state.deaf) await bus.publish(channel, text);
    },
    subscribe: async (channel, listener) => {
      attempt('subscribe', channel);
      await bus.subscribe(channel, listener);
    },
    unsubscribe: async (channel, listener) => {
      attempt('unsubscribe', channel);
      await bus.unsubscribe(channel, listener);
    },
    onReturn: (listener) => {
      state.back = listener;
    },
  };
  return { bus: unsteady, state };
}

const made: Feeds[] = [];
afterEach(() => {
  for (const feeds of made.splice(0)) feeds.close();
  jest.useRealTimers();
});

function start() {
  const { bus, state } = unsteadyBus();
  const log = new MemoryLog(bus, 1_000);
  const batches: Batch[] = [];
  const typing: [room: string, account: Account][] = [];
  const errors: unknown[] = [];
  const feeds = new Feeds(bus, log, {
    messages: (batch) => batches.push(batch),
    typing: (...words) => typing.push(words),
    failed: (error) => errors.push(error),
  });
  made.push(feeds);
  let count = 0;
  const say = (room: string) => {
    count += 1;
    return log.append(room, { id: `message-${count}`, author: 'ana', name: 'Ana', text: String(count), at: 0 }, 0);
  };
  const texts = () => batches.flatMap(({ messages }) => messages.map(({ text }) => text));
  return { bus, state, log, feeds, batches, typing, errors, say, texts };
}

describe('a room', () => {
  it('brings everything that is stored after it was acquired, and nothing from before', async () => {
    const { feeds, say, batches, texts } = start();
    await say('r');
    await feeds.acquire('r');
    await say('r');
    expect(texts()).toEqual(['2']);
    expect(batches[0]?.room).toBe('r');
    expect(feeds.seen('r')).toBe(2);
    expect(feeds.seen('other')).toBe(0);
  });

  it('is subscribed to once, from the first who wants it to the last', async () => {
    const { feeds, state, say, texts } = start();
    await Promise.all([feeds.acquire('r'), feeds.acquire('r')]);
    expect(feeds.size).toBe(1);
    await feeds.release('r');
    await say('r');
    expect(texts()).toEqual(['1']);
    await feeds.release('r');
    expect(feeds.size).toBe(0);
    await say('r');
    expect(texts()).toEqual(['1']);
    expect(state.calls).toEqual([`subscribe ${channelOf('r')}`, `unsubscribe ${channelOf('r')}`]);
  });

  it('gives what waits before it goes', async () => {
    const { feeds, say, texts } = start();
    await feeds.acquire('r');
    await say('r');
    await say('r');
    await feeds.release('r');
    expect(texts()).toEqual(['1', '2']);
  });

  it('that nobody has is released without harm', async () => {
    const { feeds } = start();
    await expect(feeds.release('r')).resolves.toBeUndefined();
  });

  it('comes as often as it is acquired and released in turn', async () => {
    const { feeds, say, texts } = start();
    for (let turn = 0; turn < 3; turn += 1) {
      await feeds.acquire('r');
      await say('r');
      await feeds.release('r');
    }
    expect(texts()).toEqual(['1', '2', '3']);
  });
});

describe('a bus that fails', () => {
  it('fails who acquires; there is nothing to release, and the next try is another', async () => {
    const { feeds, state, say, texts } = start();
    state.broken.add('subscribe');
    await expect(feeds.acquire('r')).rejects.toThrow('cannot subscribe');
    expect(feeds.size).toBe(0);
    state.broken.clear();
    await feeds.acquire('r');
    await say('r');
    expect(texts()).toEqual(['1']);
  });

  it('keeps no subscription of a room whose log could not be read', async () => {
    const { feeds, log, state } = start();
    const heads = jest.spyOn(log, 'heads').mockRejectedValueOnce(new Error('away'));
    await expect(feeds.acquire('r')).rejects.toThrow('away');
    await until(() => state.calls.includes(`unsubscribe ${channelOf('r')}`));
    heads.mockRestore();
    expect(feeds.size).toBe(0);
  });

  it('brings nothing twice through a subscription that it could not end', async () => {
    const { feeds, state, say, batches, texts } = start();
    await feeds.acquire('r');
    state.broken.add('unsubscribe');
    await expect(feeds.release('r')).rejects.toThrow('cannot unsubscribe');
    await say('r');
    expect(texts()).toEqual([]);
    await feeds.acquire('r');
    await say('r');
    expect(texts()).toEqual(['2']);
    expect(batches).toHaveLength(1);
  });
});

describe('what the bus lost', () => {
  it('is read from the log within five seconds', async () => {
    jest.useFakeTimers();
    const { feeds, state, say, texts } = start();
    await feeds.acquire('r');
    state.deaf = true;
    await say('r');
    await jest.advanceTimersByTimeAsync(4_900);
    expect(texts()).toEqual([]);
    await jest.advanceTimersByTimeAsync(200);
    expect(texts()).toEqual(['1']);
  });

  it('is read at once when the bus is back', async () => {
    jest.useFakeTimers();
    const { feeds, state, say, texts } = start();
    await feeds.acquire('r');
    state.deaf = true;
    await say('r');
    state.back();
    await jest.advanceTimersByTimeAsync(1);
    expect(texts()).toEqual(['1']);
  });

  it('is asked for of no log while there is no room', async () => {
    jest.useFakeTimers();
    const { log } = start();
    const heads = jest.spyOn(log, 'heads');
    await jest.advanceTimersByTimeAsync(20_000);
    expect(heads).not.toHaveBeenCalled();
  });

  it('is told as a failure where the log cannot be read, and read the next time', async () => {
    jest.useFakeTimers();
    const { feeds, log, state, say, errors, texts } = start();
    await feeds.acquire('r');
    state.deaf = true;
    await say('r');
    jest.spyOn(log, 'heads').mockRejectedValueOnce(new Error('away'));
    await jest.advanceTimersByTimeAsync(5_000);
    expect(errors).toEqual([new Error('away')]);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(texts()).toEqual(['1']);
  });
});

describe('typing', () => {
  it('is told to those in the room, and is no message', async () => {
    const { feeds, typing, batches } = start();
    await feeds.acquire('r');
    await feeds.type('r', { id: 'ana', name: 'Ana' });
    await feeds.type('other', { id: 'ben', name: 'Ben' });
    expect(typing).toEqual([['r', { id: 'ana', name: 'Ana' }]]);
    expect(batches).toEqual([]);
  });
});

describe('the end', () => {
  it('gives what waits and looks after nothing any more', async () => {
    jest.useFakeTimers();
    const { feeds, log, say, texts } = start();
    await feeds.acquire('r');
    await say('r');
    await say('r');
    feeds.close();
    expect(texts()).toEqual(['1', '2']);
    const heads = jest.spyOn(log, 'heads');
    await jest.advanceTimersByTimeAsync(20_000);
    expect(heads).not.toHaveBeenCalled();
  });
});
