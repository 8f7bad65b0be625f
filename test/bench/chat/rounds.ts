import { median } from '../measure';
import type { Load, LoadOrder } from './generator/load';
import type { Chat, Layout } from './servers/chat';
import { PROCESSES, stage } from './setting';
import { withTeardown } from './teardown';

/** What one chat does in one repetition. */
export interface Repetition {
  readonly load: Load;
  /** Microseconds of the servers' processor time for each delivery. */
  readonly cpu: number;
  readonly redisCpu: number;
}

export interface Plan {
  readonly layout: Layout;
  readonly load: Omit<LoadOrder, 'pids'>;
  readonly repetitions: number;
}

/** Repetitions of each chat by name. One repetition of every chat, then the next one: a slow minute of the machine falls on all of them. */
export async function interleave(
  chats: readonly Chat[],
  plan: Plan,
): Promise<ReadonlyMap<string, readonly Repetition[]>> {
  const results = new Map<string, Repetition[]>(chats.map(({ name }) => [name, []]));
  for (let repetition = 0; repetition < plan.repetitions; repetition++) {
    for (const chat of chats) results.get(chat.name)?.push(await repeat(chat, plan));
  }
  return results;
}

/** Processes, connections and rooms are new in each repetition. */
const repeat = (chat: Chat, { layout, load: order }: Plan): Promise<Repetition> =>
  withTeardown(async (teardown) => {
    const { servers, redis, generator, enter } = await stage(chat, layout, teardown);
    await enter();
    const load = await generator.load({ ...order, pids: [...servers.map(({ pid }) => pid), redis.pid] });
    if (load.lost + load.duplicated > 0) {
      throw new Error(
        `${chat.name}: ${load.lost} deliveries lost, ${load.duplicated} too many; expected every one once`,
      );
    }
    const micros = (from: number, to: number) =>
      (load.cpu.slice(from, to).reduce((sum, seconds) => sum + seconds, 0) * 1e6) / load.deliveries;
    return { load, cpu: micros(0, PROCESSES), redisCpu: micros(PROCESSES, PROCESSES + 1) };
  });

/** The middle one of a figure over repetitions. */
export const middle = (repetitions: readonly Repetition[], of: (one: Repetition) => number): number =>
  median(repetitions.map(of));

/** Says what was checked; a run in which a delivery was lost or came twice has already failed. */
export function tellChecked(results: ReadonlyMap<string, readonly Repetition[]>): string {
  const checked = [...results.values()].flat().reduce((sum, { load }) => sum + load.checked, 0);
  return `lost 0, duplicated 0 of ${checked.toLocaleString('en-US')} deliveries`;
}
