import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import execa from 'execa';
import { sessionCookie } from '../../../../app/chat/src/http/session-cookie';
import { connectRedis } from '../../../../app/chat/src/stores/redis/connection';
import { createRedisStore } from '../../../../app/chat/src/stores/redis/redis';
import { createSessions, redisShelf } from '../../../../app/chat/src/stores/sessions';
import { createLog } from '../../../../app/common/src/http';
import { freePort } from '../../../support/port';
import { ROOT } from '../../measure';
import { startServer } from '../processes';
import type { Chat, Guest, Layout } from './chat';

const ORIGIN = 'http://localhost';
const KEY = randomBytes(32).toString('hex');
const SESSION_SECONDS = 3_600;
/** Accounts that are made at a time. */
const WAVE = 200;

/** What its image runs. */
const MAIN = join(ROOT, 'app/chat/build/main.js');

export async function buildOurs(): Promise<void> {
  await execa('npm', ['run', 'build', '--workspace', 'app/chat'], { cwd: ROOT });
}

/**
 * The chat as it is deployed, limits included; only the number of messages that a person may send is raised. More than its competitors it
 * does: login before the upgrade, membership, validation, a limit a person over all processes, storing before acknowledging, numbering,
 * finding what is sent twice.
 */
export const ours: Chat = {
  name: 'ours',
  dialect: 'slipway',
  start: async (redisUrl, teardown) => {
    const metricsPort = await freePort();
    const settings = {
      HOST: '127.0.0.1',
      METRICS_PORT: String(metricsPort),
      REDIS_URL: redisUrl,
      SESSION_KEY: KEY,
      ORIGINS: ORIGIN,
      COOKIE_SECURE: 'false',
      MESSAGE_LIMIT: '1000000',
      // Nothing is measured at the end.
      SHUTDOWN_DRAIN_SECONDS: '1',
    };
    const running = await startServer(
      'ours',
      () => [process.execPath, MAIN],
      (port) => ({ ...settings, PORT: String(port) }),
      teardown,
    );
    return { ...running, metricsPort };
  },
  invite: async (redisUrl, layout) => {
    const redis = await connectRedis({ url: redisUrl, waitSeconds: 5 }, createLog('bench', 'silent'));
    try {
      const { accounts, rooms } = createRedisStore(redis, 1);
      const sessions = createSessions(redisShelf(redis.commands), [KEY], SESSION_SECONDS);
      const cookies = sessionCookie(false, SESSION_SECONDS);
      const invite = async (room: string, index: number) => {
        const account = { id: `account-${index}`, name: `person-${index}` };
        // Nobody logs in with a password here.
        await accounts.create({ ...account, hash: '' });
        await rooms.join(room, account.id);
        const [cookie = ''] = cookies.write(await sessions.create(account)).split(';');
        return { room, headers: { Origin: ORIGIN, Cookie: cookie } };
      };
      const seats = await openRooms(layout, rooms);
      const guests: Guest[] = [];
      for (let from = 0; from < seats.length; from += WAVE) {
        guests.push(...(await Promise.all(seats.slice(from, from + WAVE).map((room, at) => invite(room, from + at)))));
      }
      return guests;
    } finally {
      await redis.close();
    }
  },
};

/** @returns the room of each client. */
async function openRooms(
  { rooms, members }: Layout,
  store: ReturnType<typeof createRedisStore>['rooms'],
): Promise<string[]> {
  const ids = Array.from({ length: rooms }, (_, index) => `room-${index}`);
  await Promise.all(ids.map((id) => store.createPublic(id, id)));
  return ids.flatMap((id) => Array.from({ length: members }, () => id));
}
