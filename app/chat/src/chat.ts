import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeWith } from '@slipway/common/connections';
import { createHttp, type Logger } from '@slipway/common/http';
import { createRegistry, serveMetrics } from '@slipway/common/metrics';
import { Readiness } from '@slipway/common/readiness';
import type { Step } from '@slipway/common/shutdown';
import { createPasswords } from './accounts/passwords';
import { Feeds } from './fanout/feeds';
import { addFailures } from './http/failures';
import { addPage } from './http/page';
import { addRoutes } from './http/routes';
import { sessionCookie } from './http/session-cookie';
import { createLimits } from './limits';
import { createMetrics } from './metrics';
import { Notices } from './notices';
import { Presence } from './presence/presence';
import { GENERAL } from './rooms/general';
import { type ChatSettings, isCookieSecure, originsOf } from './settings';
import { Door } from './sockets/door';
import { sendAway } from './sockets/drain';
import { createSocketServer, deliverTo, serveSockets } from './sockets/sockets';
import { openBackplane } from './stores/backplane';
import { createSessions } from './stores/sessions';
import type { Chat } from './use-case';

/** Bytes of a request's body: one long message is far below. */
const BODY_LIMIT = 17_000;

export interface RunningChat {
  /** Port that the page is served on; the one that the system chose where PORT was 0. */
  readonly port: number;
  readonly chat: Chat;
  /** How it ends, in this order. */
  readonly steps: readonly Step[];
}

/**
 * Starts one process of the chat.
 * @param pageFolder where `npm run build` put the page.
 */
export async function startChat(settings: ChatSettings, log: Logger, pageFolder: string): Promise<RunningChat> {
  const registry = createRegistry();
  const metrics = createMetrics(registry);
  const onError = (error: unknown) => log.warn({ err: error }, 'something failed in the background; it is tried again');

  const backplane = await openBackplane(settings, log, randomUUID());
  const { store, bus, board, shelf, redis, dependencies } = backplane;
  const readiness = new Readiness(dependencies, (ready, reasons) => {
    metrics.ready.set(ready ? 1 : 0);
    log[ready ? 'info' : 'warn']({ ready, reasons }, ready ? 'ready' : 'not ready');
  });
  await store.rooms.createPublic(GENERAL.id, GENERAL.name);

  const origins = new Set(originsOf(settings));
  const cookie = sessionCookie(isCookieSecure(settings), settings.SESSION_HOURS * 3_600);
  const sessions = createSessions(shelf, settings.SESSION_KEY ?? [randomUUID()], settings.SESSION_HOURS * 3_600);
  const limits = createLimits(
    { messages: settings.MESSAGE_LIMIT, addressFactor: settings.ADDRESS_LIMIT_FACTOR },
    redis,
  );
  const http = await createHttp({ log, readiness, proxyHops: settings.PROXY_HOPS, server: { bodyLimit: BODY_LIMIT } });
  const door = new Door({ sessions, cookie, origins, log });
  const server = createSocketServer(http.server, door);
  const close = closeWith(http.server);
  const delivery = deliverTo(server, metrics, log);
  const chat: Chat = {
    store,
    sessions,
    limits,
    passwords: createPasswords(),
    notices: new Notices(bus),
    feeds: new Feeds(bus, store.log, delivery),
    presence: new Presence(board, (people) => server.local.emit('presence', people), onError),
  };
  addFailures(http, metrics);
  addRoutes(http, { chat, cookie, origins });
  await addPage(http, pageFolder);
  await chat.notices.start();
  await chat.presence.start();
  const stopLooking = serveSockets(server, door, { chat, metrics, log, onError }, settings.CONNECTIONS_PER_USER);
  Object.assign(metrics.connections, { collect: () => metrics.connections.set(server.engine.clientsCount) });
  Object.assign(metrics.rooms, { collect: () => metrics.rooms.set(chat.feeds.size) });
  Object.assign(metrics.online, { collect: () => metrics.online.set(chat.presence.size) });

  await readiness.start();
  await http.listen({ host: settings.HOST, port: settings.PORT });
  const { METRICS_PORT: metricsPort } = settings;
  const metricsServer =
    metricsPort === undefined ? undefined : await serveMetrics(registry, settings.HOST, metricsPort);
  const address = http.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : settings.PORT,
    chat,
    steps: [
      {
        name: 'say that nothing more should come',
        run: () => {
          readiness.drain();
          metrics.ready.set(0);
        },
      },
      { name: 'wait until nothing more comes', run: () => sleep(settings.SHUTDOWN_DELAY_SECONDS * 1_000) },
      { name: 'let nobody in', run: () => door.close() },
      { name: 'send clients away', run: () => sendAway(server, settings.SHUTDOWN_DRAIN_SECONDS) },
      { name: 'flush the feeds', run: () => chat.feeds.close() },
      { name: 'leave the board', run: () => chat.presence.close() },
      {
        name: 'close connections',
        run: async () => {
          stopLooking();
          delivery.close();
          await close(() => server.close());
          await http.close();
        },
      },
      { name: 'close the stores', run: () => backplane.close() },
      { name: 'end the metrics', run: () => metricsServer?.close() },
    ],
  };
}
