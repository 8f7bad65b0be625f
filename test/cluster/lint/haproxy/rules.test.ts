import { readHaproxy } from '../../../../cluster/lint/haproxy/config';
import { HAPROXY_RULES } from '../../../../cluster/lint/haproxy/rules';

/** A balancer that nothing is wrong with. */
const CLEAN = `defaults
  mode tcp
  timeout connect 1s
  timeout check 1s
  timeout client 4h
  timeout server 4h
  option redispatch 1
  retries 3
frontend stats
  mode http
  bind 127.0.0.1:8404
  timeout client 10s
  stats enable
frontend api
  bind :6443
  default_backend api
backend api
  balance leastconn
  option httpchk
  http-check connect ssl
  http-check send meth GET uri /readyz
  http-check expect status 200
  default-server check verify none inter 1s fastinter 500ms fall 2
  default-server on-marked-down shutdown-sessions
  server a 192.0.2.1:6443
  server b 192.0.2.2:6443
`;

type Edit = readonly [string | RegExp, string];

const HTTP_CHECK: Edit = [/ {2}option httpchk[\s\S]*status 200\n/, ''];

const CHECKED_SERVERS = CLEAN.slice(CLEAN.indexOf('  default-server'));

/** The same checks, where no client goes: no balance, no redispatch, no sessions to shut down. */
const APART = `  default-server on-marked-down shutdown-sessions
  server a 192.0.2.1:6443 track checks/a
  server b 192.0.2.2:6443 track checks/b
backend checks
  no option redispatch
  timeout server 1s
  option httpchk GET /readyz
  http-check connect ssl
  default-server check verify none inter 1s fastinter 500ms fall 2
  server a 192.0.2.1:6443
  server b 192.0.2.2:6443
`;

const SHAPES: Readonly<Record<string, readonly (readonly [string, ...Edit[]])[]>> = {
  syntax: [['1: `default` stands in no section', ['defaults\n', 'default\ndefaults\n']]],
  'no-check': [['26: server b of api has no check', ['2:6443', '2:6443 no-check']]],
  'tcp-only-check': [
    ['17: api has no option httpchk: `check` only connects', HTTP_CHECK],
    [
      '19: option tcp-check of api has no rule that asks anything: it only connects',
      [HTTP_CHECK[0], '  option tcp-check\n'],
    ],
    [
      '19: option tcp-check of api has no rule that asks anything: it only connects',
      [HTTP_CHECK[0], '  option tcp-check\n  tcp-check connect ssl\n'],
    ],
  ],
  'ssl-hello-check': [
    ['23: api is checked by option ssl-hello-chk', ['status 200\n', 'status 200\n  option ssl-hello-chk\n']],
  ],
  'plain-check': [
    ['19: api is asked without TLS, a at port 6443', [' connect ssl', ' connect']],
    ['19: api is asked without TLS, a at port 443', [' connect ssl', ' connect'], ['1:6443', '1:80 port 443']],
  ],
  'idle-timeout': [
    ['5: timeout client 59m cuts what is silent for so long; less than 1h', ['client 4h', 'client 59m']],
    ['6: timeout server 60000 cuts what is silent for so long; less than 1h', ['server 4h', 'server 60000']],
    [
      '17: timeout client 1m cuts what is silent for so long; less than 1h',
      ['  default_backend api', '  default_backend api\n  timeout client 1m'],
    ],
    [
      '7: timeout tunnel 15m cuts what is silent for so long; less than 1h',
      ['server 4h', 'server 5m\n  timeout tunnel 15m'],
    ],
  ],
  'keeps-sessions': [
    [
      '24: a, b of api: no on-marked-down shutdown-sessions',
      [CHECKED_SERVERS, APART.replace('  default-server on-marked-down shutdown-sessions\n', '\n')],
    ],
    ['26: b of api: no on-marked-down shutdown-sessions', ['2:6443', '2:6443 on-marked-down none']],
  ],
  'slow-detection': [
    [
      '25: api takes a silent server out after up to 4.5 s (inter 2 s, fall 2, 1 s for an answer); more than 4 s',
      ['inter 1s fast', 'inter 2s fast'],
    ],
    [
      '25: api takes a silent server out after up to 12.0 s (inter 2 s, fall 3, 2 s for an answer); more than 4 s',
      [' inter 1s fastinter 500ms fall 2', ''],
      ['  timeout check 1s\n', '  # timeout check\n'],
    ],
  ],
  redispatch: [
    ['17: api has no option redispatch', ['option redispatch 1', 'no option redispatch']],
    ['8: retries 0: option redispatch of api never comes to act', ['retries 3', 'retries 0']],
  ],
  balance: [
    ['18: api is balanced by roundrobin', ['leastconn', 'roundrobin']],
    ['18: api is balanced by static-rr', ['leastconn', 'static-rr']],
    ['17: api is balanced by roundrobin, for it names nothing else', ['  balance leastconn\n', '  # balance\n']],
  ],
  readiness: [
    ['19: api is asked for /healthz', ['/readyz', '/healthz']],
    ['19: api is asked for /livez?verbose', ['/readyz', '/livez?verbose']],
    [
      '19: api is asked for /healthz',
      ['option httpchk', 'option httpchk GET /healthz'],
      [/ {2}http-check send.*\n/, '\n'],
    ],
  ],
  'open-stats': [
    ['11: stats shows its statistics on all addresses: bind *:8404', ['127.0.0.1:8404', '*:8404']],
    ['11: stats shows its statistics on all addresses: bind :::8404', ['127.0.0.1:8404', ':::8404']],
    [
      '11: stats shows its statistics on all addresses: bind :8404',
      ['127.0.0.1:8404', ':8404'],
      ['stats enable', 'stats uri /'],
    ],
  ],
};

/** What all rules see, by the last part of the rule's name; each sighting once. */
function seen(text: string): Record<string, string[]> {
  const config = readHaproxy(text);
  const sightings = HAPROXY_RULES.map(({ id, find }): [string, string[]] => [
    id.replace('haproxy/', ''),
    [...new Set([...find(config, [])].map(({ line, what }) => `${line}: ${what}`))],
  ]);
  return Object.fromEntries(sightings.filter(([, list]) => list.length > 0));
}

/** Fails where a text is not there, so that no case edits nothing. */
function edited(...edits: readonly Edit[]): string {
  return edits.reduce((text, [from, to]) => {
    const result = text.replace(from, () => to);
    if (result === text) throw new Error(`the clean file does not hold ${from}`);
    return result;
  }, CLEAN);
}

const cases = Object.entries(SHAPES).flatMap(([rule, list]) =>
  list.map(([sees, ...edits]): [string, string, readonly Edit[]] => [rule, sees, edits]),
);

describe('haproxy.cfg', () => {
  it.each(cases)('%s is seen, and nothing else: %s', (rule, sees, edits) => {
    expect(seen(edited(...edits))).toEqual({ [rule]: [sees] });
  });

  it.each<[string, ...Edit[]]>([
    ['as it is'],
    [
      'with checks that TCP rules ask',
      [HTTP_CHECK[0], '  option tcp-check\n  tcp-check connect ssl\n  tcp-check expect string ok\n'],
    ],
    ['with TLS by check-ssl', [' connect ssl', ' connect'], ['server check', 'server check check-ssl']],
    ['with TLS for traffic and checks', [' connect ssl', ' connect'], ['server check', 'server check ssl']],
    [
      'with checks of a plain port beside the API',
      [' connect ssl', ' connect'],
      ['server check', 'server check port 8080'],
    ],
    ['with checks in a backend of their own, as they pass nothing on', [CHECKED_SERVERS, APART]],
    [
      'with a long tunnel behind short timeouts',
      ['client 4h', 'client 1m'],
      ['server 4h', 'server 1m\n  timeout tunnel 1h'],
    ],
    ['without timeouts: nothing is cut', ['  timeout client 4h\n', ''], ['  timeout server 4h\n', '']],
    [
      'with one server: there is nothing to choose',
      ['  server b 192.0.2.2:6443\n', ''],
      ['leastconn', 'roundrobin'],
      ['option redispatch 1', 'no option redispatch'],
    ],
    ['with placeholders', ['inter 1s', `inter "\${INTER}"`], ['client 4h', `client "\${IDLE}"`]],
  ])('%s shows nothing', (_, ...edits) => {
    expect(seen(edited(...edits))).toEqual({});
  });

  it('that loads Lua may end sessions there: nobody who reads the file can tell', () => {
    const kept = edited(['  default-server on-marked-down shutdown-sessions\n', '']);
    expect(Object.keys(seen(kept))).toEqual(['keeps-sessions']);
    expect(seen(`global\n  lua-load /etc/haproxy/sessions.lua\n${kept}`)).toEqual({});
  });

  it('has a case for every rule', () => {
    expect(
      Object.keys(SHAPES)
        .map((name) => `haproxy/${name}`)
        .sort(),
    ).toEqual(HAPROXY_RULES.map(({ id }) => id).sort());
  });
});
