import { startRedis } from '../../support/redis';
import { startGenerator } from './generator/generator';
import type { Orders } from './generator/main';
import type { Running } from './processes';
import type { Chat, Layout } from './servers/chat';
import type { Teardown } from './teardown';

export const PROCESSES = 2;

/** A chat with its clients, ready to be loaded. */
export interface Setting {
  readonly servers: readonly (Running & { readonly metricsPort?: number })[];
  readonly redis: { readonly pid: number; readonly url: string };
  readonly generator: Orders;
  /** Lets everybody in who was invited. */
  enter(): Promise<void>;
}

/**
 * Starts Redis, the processes of a chat and a generator.
 * Members of a room sit on both processes; of rooms of two, half are on one process and half on both.
 * @param stalled how many of each room stop reading later: its first ones.
 */
export async function stage(chat: Chat, layout: Layout, teardown: Teardown, stalled = 0): Promise<Setting> {
  const redis = await startRedis();
  teardown.add(() => redis.remove());
  const servers = await Promise.all(Array.from({ length: PROCESSES }, () => chat.start(redis.url, teardown)));
  const guests = await chat.invite(redis.url, layout);
  const generator = startGenerator(teardown);
  const portOf = (index: number): number => {
    const [room, member] = [Math.floor(index / layout.members), index % layout.members];
    const process = layout.members > 2 ? member : room + member * Math.floor(room / PROCESSES);
    return (servers[process % PROCESSES] as Running).port;
  };
  const seats = guests.map((guest, index) => ({
    ...guest,
    port: portOf(index),
    stalls: index % layout.members < stalled,
  }));
  return { servers, redis, generator, enter: () => generator.connect(chat.dialect, seats) };
}
