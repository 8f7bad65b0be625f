import * as z from 'zod';
import { fields, Refused } from '../../tools/parse/parse';
import type { Environment } from '../environments/schema';
import type { Call } from '../environments/workload';
import { webApp } from '../lib/web-app';
import type { WebApp } from '../lib/web-app-props';

const PORT = 8080;
const METRICS_PORT = 9090;
/** How long the application waits for its stores before it gives up, and how long it may start after that. */
const STORE_WAIT_SECONDS = 60;
const START_SECONDS = 30;

/**
 * The chat: pods that share rooms over Redis and keep accounts, rooms and messages in one of two stores.
 * `/health` asks whether the process answers, `/ready` whether its stores do.
 */
export const chat = webApp(
  'chat',
  {
    /** Where accounts, rooms and messages live. Redis carries the messages between pods in both. */
    store: z.enum(['redis', 'mysql']),
    /** Addresses of the page as browsers see them, scheme included; others may not open a connection. */
    origins: z
      .array(
        z.url({
          protocol: /^https?$/,
          error: ({ input }) => `"${input}" is not an origin such as https://chat.example.com`,
        }),
      )
      .min(1),
    /** `secure: false` lets browsers send the session without TLS. The environment has to allow plain HTTP. */
    cookie: fields({ secure: z.boolean() }).default({ secure: true }),
  },
  ({ store, origins, cookie, expose }, environment) => ({
    port: PORT,
    metricsPort: METRICS_PORT,
    probes: { alive: '/health', ready: '/ready' },
    scale: { min: 2, max: 4, cpu: 70 },
    resources: { cpu: ['250m', '250m'], memory: ['256Mi', '256Mi'] },
    startSeconds: STORE_WAIT_SECONDS + START_SECONDS,
    shutdown: { delaySeconds: 5, drainSeconds: 20, delayBy: 'app' },
    calls: [{ to: 'redis', port: 6379 }, ...STORES[store].calls],
    settings: {
      PORT: String(PORT),
      METRICS_PORT: String(METRICS_PORT),
      STORE_WAIT_SECONDS: String(STORE_WAIT_SECONDS),
      ORIGINS: origins.join(','),
      COOKIE_SECURE: String(requireTls(cookie, origins, environment).secure),
      PROXY_HOPS: expose?.via === 'ingress' ? '1' : '0',
      REDIS_URL: 'redis://redis:6379',
      REDIS_USERNAME: 'chat',
      ...STORES[store].settings,
    },
    settingsFrom: STORES[store].settingsFrom,
    secrets: {
      SESSION_KEY: { secret: 'chat', key: 'session_key' },
      REDIS_PASSWORD: { secret: 'redis', key: 'chat_password' },
      ...STORES[store].secrets,
    },
  }),
);

/**
 * A password that crosses the network in the clear is everybody's: an address without TLS has to be said twice, here and by the environment.
 * @throws Refused where the cookie, the addresses and the environment do not agree.
 */
function requireTls<Cookie extends { secure: boolean }>(
  cookie: Cookie,
  origins: readonly string[],
  { name, plainHttp }: Environment,
): Cookie {
  const plain = origins.find((origin) => origin.startsWith('http:'));
  if (!cookie.secure && plainHttp === 'refused') {
    throw new Refused([
      `${name}.chat.cookie.secure: false sends sessions and passwords in the clear, which this environment refuses; expected TLS, or plainHttp: 'allowed' in charts/environments/${name}.ts`,
    ]);
  }
  if (cookie.secure && plain !== undefined) {
    throw new Refused([
      `${name}.chat.origins: ${plain} has no TLS, and browsers send a secure cookie over nothing else; expected https, or cookie: { secure: false }`,
    ]);
  }
  return cookie;
}

/** What each store adds to Redis as the broker. */
const STORES: Record<'redis' | 'mysql', Pick<WebApp, 'settings' | 'settingsFrom' | 'secrets'> & { calls: Call[] }> = {
  redis: { calls: [] },
  mysql: {
    calls: [{ to: 'mysql', port: 3306 }],
    settings: { MYSQL_HOST: 'mysql', MYSQL_PORT: '3306' },
    settingsFrom: {
      MYSQL_USER: { configMap: 'mysql', key: 'mysql_user' },
      MYSQL_DATABASE: { configMap: 'mysql', key: 'mysql_database' },
    },
    secrets: { MYSQL_PASSWORD: { secret: 'mysql', key: 'password' } },
  },
};
