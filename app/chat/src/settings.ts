import { serviceSettings } from '@slipway/common/service';
import { flag, integer, type Kind, list, port, type Settings, type SettingTable, text } from '@slipway/common/settings';
import * as z from 'zod';

const origin: Kind<string> = {
  expects: 'an origin such as https://chat.example.com, without a path',
  schema: z.url({ protocol: /^https?$/ }).refine((url) => URL.canParse(url) && new URL(url).origin === url),
};

const redisUrl: Kind<string> = {
  expects: 'redis://host:port or rediss://host:port, without credentials',
  schema: z.url({ protocol: /^rediss?$/ }).refine((url) => /^rediss?:\/\/[^@]*$/.test(url)),
};

/** One or two keys, the current one first. Each has 256 bits, as 64 hexadecimal digits or longer in any letters. */
const sessionKeys: Kind<[string, ...string[]]> = {
  expects:
    'a random text of at least 32 characters; while keys change, the new one and the old one with a comma between',
  schema: z
    .string()
    .transform((line) => line.split(',').map((key) => key.trim()))
    .pipe(z.tuple([z.string().min(32)], z.string().min(32)).refine((keys) => keys.length <= 2)),
};

/** Everything that the chat is told by its environment. */
export const chatSettings = {
  ...serviceSettings,
  ORIGINS: {
    kind: list(origin),
    doc: 'Addresses of the page as browsers see them; others may not open a connection. Without it, localhost at PORT.',
  },
  COOKIE_SECURE: {
    kind: flag,
    doc: 'Whether browsers send the session over TLS alone. Only a host without TLS says false.',
    default: 'true',
  },
  SESSION_KEY: {
    kind: sessionKeys,
    doc: 'Key of the hash under which sessions are stored; the same on all pods. Without it, random, and logins end with the process.',
    secret: true,
  },
  SESSION_HOURS: {
    kind: integer(1, 8_760),
    doc: 'Hours that a login lasts after its last use.',
    default: '168',
  },
  REDIS_URL: {
    kind: redisUrl,
    doc: 'Redis, which carries messages between pods and keeps sessions and presence; without MYSQL_HOST it keeps everything. Without it there is one process and nothing outlives it.',
  },
  REDIS_USERNAME: { kind: text, doc: 'User of Redis; it needs keys and channels that begin with chat:.' },
  REDIS_PASSWORD: { kind: text, doc: 'Password of that user.', secret: true },
  MYSQL_HOST: { kind: text, doc: 'MySQL, which keeps accounts, rooms and messages then. Needs REDIS_URL.' },
  MYSQL_PORT: { kind: port, doc: 'Port of MySQL.', default: '3306' },
  MYSQL_USER: { kind: text, doc: 'User of MySQL; it makes and changes tables of the database at the start.' },
  MYSQL_PASSWORD: { kind: text, doc: 'Password of that user.', secret: true },
  MYSQL_DATABASE: { kind: text, doc: 'Database, which exists.', default: 'chat' },
  STORE_WAIT_SECONDS: {
    kind: integer(1, 600),
    doc: 'Seconds to wait at the start until Redis and MySQL answer.',
    default: '30',
  },
  HISTORY_LENGTH: {
    kind: integer(100, 1_000_000),
    doc: 'About how many messages a room keeps in Redis or in the process. MySQL keeps all.',
    default: '10000',
  },
  MESSAGE_LIMIT: {
    kind: integer(1, 1_000_000),
    doc: 'Messages that a person may send in ten seconds, over all pods.',
    default: '30',
  },
  ADDRESS_LIMIT_FACTOR: {
    kind: integer(1, 1_000),
    doc: 'Factor on the limits by network address (logins, new accounts), for many people behind one.',
    default: '1',
  },
  CONNECTIONS_PER_USER: {
    kind: integer(1, 10_000),
    doc: 'Connections that a person may have to one process; the oldest gives way.',
    default: '20',
  },
} satisfies SettingTable;

export type ChatSettings = Settings<typeof chatSettings>;

/** Faults that no single setting shows: what contradicts, and what is missing beside another. */
export function contradictions(settings: ChatSettings): string[] {
  const faults: string[] = [];
  if (settings.MYSQL_HOST !== undefined && settings.REDIS_URL === undefined) {
    faults.push('REDIS_URL: unset beside MYSQL_HOST; expected Redis as well, which carries messages between pods');
  }
  if (settings.MYSQL_HOST !== undefined && settings.MYSQL_USER === undefined) {
    faults.push('MYSQL_USER: unset beside MYSQL_HOST; expected the user to log in as');
  }
  if (settings.REDIS_URL !== undefined && settings.SESSION_KEY === undefined) {
    faults.push(
      'SESSION_KEY: unset beside REDIS_URL; expected a random text of at least 32 characters, the same on all pods, for example from: openssl rand -hex 32',
    );
  }
  const { ORIGINS: origins = [] } = settings;
  // Beside an address with TLS not even this machine may go without: all share one kind of cookie.
  const tls = origins.some((one) => one.startsWith('https:'));
  const plain = origins.filter((one) => one.startsWith('http:') && (tls || !isLocal(one)));
  if (settings.COOKIE_SECURE && plain.length > 0) {
    faults.push(
      `ORIGINS: ${plain.join(', ')} cannot keep a secure cookie, so that nobody could log in; expected https, or COOKIE_SECURE=false where there is no TLS`,
    );
  }
  return faults;
}

/** Origins in force. */
export const originsOf = ({ ORIGINS, PORT }: ChatSettings): readonly string[] =>
  ORIGINS ?? ['localhost', '127.0.0.1'].map((host) => `http://${host}:${PORT}`);

/** Browsers take a secure cookie from localhost, but not all do, and none from another name without TLS. */
export const isCookieSecure = (settings: ChatSettings): boolean =>
  settings.COOKIE_SECURE && !originsOf(settings).some((one) => one.startsWith('http:'));

const isLocal = (url: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
