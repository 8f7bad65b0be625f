import { randomBytes } from 'node:crypto';
import type { Room } from '../../app/chat/src/events';
import { startMariaDb } from '../support/mariadb';
import { startRedis } from '../support/redis';
import type { Server } from '../support/server';
import { Guest } from './guest';
import { Line, roundRobin } from './line';
import { enter, type Person, register } from './person';
import { Pod } from './pod';
import type { Outage } from './resumes';

export type StoreName = 'memory' | 'redis' | 'mysql';

export interface StageOptions {
  readonly store: StoreName;
  /** Clients. All are in the first room, every second one in the second room too. */
  readonly clients: number;
  /** 3 where it is not said; with store `memory` always one. */
  readonly processes?: number;
  /** What they run: see pod.ts. */
  readonly program?: readonly string[];
}

/** The chat with its stores and clients, all in place and nothing said yet. */
export interface Stage {
  readonly pods: readonly Pod[];
  readonly redis?: Server;
  readonly mariadb?: Server;
  readonly guests: readonly Guest[];
  readonly rooms: readonly string[];
  /** When a store was away. */
  readonly outages: Outage[];
  close(): Promise<void>;
}

const ORIGIN = 'http://chat.example.com';

/** Limits that hold for people, not for a machine that plays thirty of them. */
const SETTINGS = {
  ORIGINS: ORIGIN,
  MESSAGE_LIMIT: '1000000',
  CONNECTIONS_PER_USER: '100',
  ADDRESS_LIMIT_FACTOR: '100',
  SHUTDOWN_DELAY_SECONDS: '1',
  SHUTDOWN_DRAIN_SECONDS: '3',
};

export async function setStage({ store, clients, processes = 3, program }: StageOptions): Promise<Stage> {
  const redis = store === 'memory' ? undefined : await startRedis();
  const mariadb = store === 'mysql' ? await startMariaDb() : undefined;
  const settings = {
    ...SETTINGS,
    ...(redis && { REDIS_URL: redis.url, SESSION_KEY: randomBytes(32).toString('hex') }),
    ...(mariadb && loginOf(mariadb.login)),
  };
  const count = store === 'memory' ? 1 : processes;
  const pods = await Promise.all(Array.from({ length: count }, () => Pod.start(settings, program)));
  const route = roundRobin(pods.map(({ port }) => port));
  const lines = await Promise.all(Array.from({ length: clients }, () => Line.open(route)));
  const people: Person[] = [];
  for (const [at, line] of lines.entries()) people.push(await register(line.url, `guest-${at}`, ORIGIN));
  const [first] = people;
  if (first === undefined) throw new Error(`${clients} clients; expected at least one`);
  const side = await enter(first, 'Side', false);
  const inSide = people.filter((_, at) => at % 2 === 0);
  for (const person of inSide.slice(1)) await enter(person, 'Side', true);

  const { rooms } = await first.get<{ rooms: Room[] }>('/rooms');
  const positions = new Map(rooms.map(({ id, head, epoch }) => [id, { seq: head, epoch }]));
  const roomsOf = (person: Person) => [...positions.keys()].filter((id) => id !== side || inSide.includes(person));
  const guests = people.map((person, at) => new Guest(person, lines[at] as Line, roomsOf(person)));
  for (const guest of guests) guest.follow(positions);
  return {
    ...{ pods, redis, mariadb, guests, rooms: [...positions.keys()], outages: [] },
    close: async () => {
      await Promise.all(guests.map((guest) => guest.leave()));
      await Promise.all(pods.map((pod) => pod.kill()));
      await Promise.all([redis?.remove(), mariadb?.remove()]);
    },
  };
}

const loginOf = ({ host, port, user, password, database }: Awaited<ReturnType<typeof startMariaDb>>['login']) => ({
  MYSQL_HOST: host,
  MYSQL_PORT: String(port),
  MYSQL_USER: user,
  MYSQL_PASSWORD: password,
  MYSQL_DATABASE: database,
});
