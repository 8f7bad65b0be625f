import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from '../support/server';
import type { Random } from './random';
import type { Stage } from './stage';

/** Something that happens to the chat, until it is over. */
export interface Fault {
  readonly name: string;
  run(stage: Stage, random: Random): Promise<void>;
}

/** Milliseconds that a killed process or server stays away. */
const AWAY = 1_500;
/** Milliseconds for which a frozen Redis answers nothing. */
const FROZEN = 3_000;

async function without(stage: Stage, end: () => Promise<void>, back: () => Promise<void>, away: number): Promise<void> {
  const outage = { from: performance.now(), to: Number.POSITIVE_INFINITY };
  stage.outages.push(outage);
  await end();
  await sleep(away);
  await back();
  outage.to = performance.now();
}

const kill = (stage: Stage, server: Server): Promise<void> =>
  without(
    stage,
    () => server.kill(),
    () => server.restart(),
    AWAY,
  );

/** All that happens to processes and stores. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'kill -9 of a process',
    run: async ({ pods }, random) => {
      const pod = random.pick(pods);
      await pod.kill();
      await sleep(AWAY);
      await pod.start();
    },
  },
  {
    name: 'SIGTERM of a process',
    run: async ({ pods }, random) => {
      const pod = random.pick(pods);
      const code = await pod.stop();
      if (code !== 0)
        throw new Error(`a process ended with ${code} after SIGTERM; expected 0. It printed:\n${pod.output}`);
      await pod.start();
    },
  },
  {
    name: 'kill -9 of Redis',
    run: async (stage) => {
      if (stage.redis) await kill(stage, stage.redis);
    },
  },
  {
    name: 'SIGSTOP of Redis',
    run: async (stage) => {
      const { redis } = stage;
      const freeze = async () => redis?.freeze();
      const thaw = async () => redis?.thaw();
      if (redis) await without(stage, freeze, thaw, FROZEN);
    },
  },
  {
    name: 'kill -9 of MariaDB',
    run: async (stage) => {
      if (stage.mariadb) await kill(stage, stage.mariadb);
    },
  },
];

/** What of it a stage can bear: a process that keeps everything in itself loses it with itself. */
export function faultsOf({ pods, redis, mariadb }: Stage): readonly Fault[] {
  return FAULTS.filter(({ name }) => {
    if (name.endsWith('MariaDB')) return mariadb !== undefined;
    if (name.endsWith('Redis')) return redis !== undefined;
    return pods.length > 1;
  });
}

/** All that happens to one client's connection. */
const CONNECTION_FAULTS: readonly Fault[] = [
  { name: 'transport closed by the client', run: async ({ guests }, random) => random.pick(guests).drop() },
  { name: 'TCP cut', run: async ({ guests }, random) => random.pick(guests).line.cut() },
  {
    name: 'TCP silent, then late',
    run: async ({ guests }, random) => {
      const { line } = random.pick(guests);
      line.silence();
      await sleep(random.between(500, 3_000));
      line.resume();
    },
  },
];

/** Milliseconds between two faults of connections. */
const PAUSE = [100, 400] as const;

/**
 * Hurts connections until it is told to stop, whatever else is going on.
 * @returns how often each happened.
 */
export async function hurtConnections(stage: Stage, random: Random, stop: AbortSignal): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  const running: Promise<void>[] = [];
  while (!stop.aborted) {
    const fault = random.pick(CONNECTION_FAULTS);
    times.set(fault.name, (times.get(fault.name) ?? 0) + 1);
    running.push(fault.run(stage, random));
    await sleep(random.between(...PAUSE));
  }
  await Promise.all(running);
  return times;
}
