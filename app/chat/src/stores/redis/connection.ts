import type { Logger } from '@slipway/common/http';
import { within } from '@slipway/common/readiness';
import { createClient } from 'redis';
import { sendScript } from './send-script';

export interface RedisOptions {
  /** `redis://host:port` or `rediss://…`. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** Seconds to wait for Redis at the start. */
  readonly waitSeconds: number;
}

/** Milliseconds between two PINGs, and for the answer. A command that Redis never answers fails after at most their sum. */
const PING_PERIOD = 500;
const PING_LIMIT = 1_500;
/** Milliseconds more for an answer that has come: after a pause of this whole process its timers end before anything is read. */
const READ_LIMIT = 100;
/** Milliseconds between attempts to connect: they double up to the largest, half of each is random. */
const RETRY = { least: 50, most: 1_000 };

export type RedisClient = ReturnType<typeof newClient>;

/** Two connections to one Redis: one asks, the other listens. */
export interface RedisConnection {
  readonly commands: RedisClient;
  readonly subscriber: RedisClient;
  /** Resolves while Redis answers. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connects, waiting as long as it was told to.
 * Commands fail at once while Redis is away: whoever asked knows best what to do, and no queue grows.
 * @throws Error naming the address when Redis does not answer in time.
 */
export async function connectRedis(options: RedisOptions, log: Logger): Promise<RedisConnection> {
  const [commands, subscriber] = [newClient(options), newClient(options)];
  for (const client of [commands, subscriber]) logChanges(client, log);
  try {
    await within(options.waitSeconds * 1_000, Promise.all([commands.connect(), subscriber.connect()]));
  } catch (error) {
    for (const client of [commands, subscriber]) client.destroy();
    throw new Error(
      `Redis at ${new URL(options.url).host} did not let us in within ${options.waitSeconds} s (${(error as Error).message}); expected REDIS_URL, REDIS_USERNAME and REDIS_PASSWORD of one that runs`,
    );
  }
  const watch = watchAnswers(commands, log);
  return {
    commands,
    subscriber,
    check: async () => void (await commands.ping()),
    close: async () => {
      clearInterval(watch);
      for (const client of [commands, subscriber]) if (client.isOpen) client.destroy();
    },
  };
}

function newClient({ url, username, password }: RedisOptions) {
  return createClient({
    url,
    username,
    password,
    scripts: { send: sendScript },
    disableOfflineQueue: true,
    // A timer for every command costs more than the command; whoever answers nothing is found by the PINGs.
    commandOptions: { timeout: 0 },
    maintNotifications: 'disabled',
    socket: {
      connectTimeout: 2_000,
      reconnectStrategy: (attempt) => {
        const limit = Math.min(RETRY.least * 2 ** attempt, RETRY.most);
        return limit / 2 + (Math.random() * limit) / 2;
      },
    },
  });
}

/** One line when the connection goes and one when it is back, whatever happens in between. */
function logChanges(client: RedisClient, log: Logger): void {
  let away = false;
  client.on('error', (error) => {
    if (!away) log.warn({ err: error }, 'Redis is away');
    away = true;
  });
  client.on('ready', () => {
    if (away) log.info('Redis is back');
    away = false;
  });
}

/** A Redis that is frozen, or behind a dead network, answers nothing and closes nothing: the connection is given up then, and made anew. */
function watchAnswers(client: RedisClient, log: Logger): NodeJS.Timeout {
  let asking = false;
  const timer = setInterval(async () => {
    if (asking || !client.isReady) return;
    asking = true;
    try {
      const answer = client.ping();
      await within(PING_LIMIT, answer).catch(() => within(READ_LIMIT, answer));
    } catch (error) {
      if (client.isReady) {
        log.warn({ err: error }, 'Redis does not answer; connecting anew');
        client.destroy();
        client.connect().catch((cause) => log.warn({ err: cause }, 'connecting anew failed'));
      }
    } finally {
      asking = false;
    }
  }, PING_PERIOD);
  timer.unref();
  return timer;
}
