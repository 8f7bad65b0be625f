/** The clients of a run, in a process of their own: what they cost must not count. Takes orders from its parent. */
import type { Seat } from './connection';
import { Crowd } from './crowd';
import type { DialectName } from './dialects';
import { type Load, type LoadOrder, runLoad } from './load';
import { openOtherProcess } from './other-process';

/** What the parent may order, and what it gets. */
export interface Orders {
  connect(dialect: DialectName, seats: readonly Seat[]): Promise<void>;
  load(order: LoadOrder): Promise<Load>;
  /** From now on it is not the clients who send, but clients of further processes of ours. */
  letOthersSend(redisUrl: string): Promise<void>;
  /** Clients that stall read nothing any more. */
  stopReading(): Promise<void>;
}

export interface Order {
  readonly number: number;
  readonly name: keyof Orders;
  readonly given: readonly unknown[];
}

export interface Answer {
  readonly number: number;
  readonly value?: unknown;
  readonly error?: string;
}

let crowd: Crowd;

const orders: Orders = {
  async connect(dialect, seats) {
    crowd = new Crowd(dialect);
    await crowd.connect(seats);
  },
  load: (order) => runLoad(crowd, order),
  letOthersSend: async (redisUrl) => crowd.letOthersSend(await openOtherProcess(redisUrl)),
  stopReading: async () => crowd.stopReading(),
};

process.on('message', async ({ number, name, given }: Order) => {
  const answer = (rest: Omit<Answer, 'number'>) => process.send?.({ number, ...rest } satisfies Answer);
  try {
    answer({ value: await (orders[name] as (...given: readonly unknown[]) => Promise<unknown>)(...given) });
  } catch (error) {
    answer({ error: (error as Error).message });
  }
});
process.on('disconnect', () => process.exit());
