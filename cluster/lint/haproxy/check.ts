import type { ProxySection, Server } from './config';

/** What a backend asks its servers. */
export interface Check {
  /** Option that decides, without its arguments; undefined: none, a connection alone. */
  readonly option?: string;
  readonly line: number;
  /** Path of an HTTP check; undefined for other checks and for a placeholder. */
  readonly path?: string;
  /** Whether anything is sent or expected beyond the connection. */
  readonly asks: boolean;
  /** Whether the rules themselves speak TLS; a server's `check-ssl` is its own. */
  readonly tls: boolean;
}

/** Options that choose a check; the last one counts. */
const OPTIONS = [
  'external-check',
  'httpchk',
  'ldap-check',
  'mysql-check',
  'pgsql-check',
  'redis-check',
  'smtpchk',
  'spop-check',
  'ssl-hello-chk',
  'tcp-check',
];

export function checkOf({ directives, line }: ProxySection): Check {
  const chosen = directives.findLast(({ words }) => words[0] === 'option' && OPTIONS.includes(words[1] ?? ''));
  const option = chosen?.words[1];
  const rules = directives.filter(({ words }) => words[0] === (option === 'httpchk' ? 'http-check' : 'tcp-check'));
  const sends = rules.findLast(({ words }) => words[1] === 'send')?.words ?? [];
  const uri = sends.indexOf('uri');
  // `option httpchk PATH`, or `option httpchk METHOD PATH`.
  const [first, second] = chosen?.words.slice(2) ?? [];
  return {
    option,
    line: chosen?.line ?? line,
    path: option === 'httpchk' ? ((uri < 0 ? undefined : sends[uri + 1]) ?? second ?? first ?? '/') : undefined,
    asks:
      option !== undefined && (option !== 'tcp-check' || rules.some(({ words }) => /expect|send/.test(words[1] ?? ''))),
    tls: rules.some(({ words }) => words[1] === 'connect' && words.includes('ssl')),
  };
}

/** Whether the check of a server speaks TLS: by a rule, by `check-ssl`, or because its traffic does. */
export const checksByTls = (check: Check, { words }: Server): boolean =>
  check.tls || words.includes('check-ssl') || (words.includes('ssl') && !words.includes('no-check-ssl'));
