/** Secrets as they look, put together when a test runs: no scanner finds one in this repository. */

/** As varied as chance makes them, and the same in every run. */
const random = (alphabet: string, length: number): string =>
  Array.from({ length }, (_, index) => alphabet[(index * 17 + (index % 7) * 5) % alphabet.length]).join('');

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
export const word = (length: number): string => random(`${LOWER}${LOWER.toUpperCase()}${DIGITS}`, length);
export const hex = (length: number): string => random('0123456789abcdef', length);
export const upper = (length: number): string => random('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', length);

const glued = (...parts: readonly string[]): string => parts.join('');
export const base64 = (text: string): string => Buffer.from(text).toString('base64');

export const pem = (label: string): string =>
  ['-----BEGIN ', label, '-----\n', word(64), '\n', word(64), '\n-----END ', label, '-----\n'].join('');
export const PRIVATE_KEY = pem(['PRIVATE', 'KEY'].join(' '));
export const CERTIFICATE = pem('CERTIFICATE');

/** One sample for each of the names of a family. */
const family = (title: string, names: readonly string[], sample: (name: string) => string): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`${title}, ${name}`, sample(name)]));

const json = (value: object) => base64(JSON.stringify(value)).replace(/=+$/, '');

/** Tokens that begin with a mark of their own. */
export const MARKED: Readonly<Record<string, string>> = {
  ...family('AWS', ['AKIA', 'ASIA', 'ABIA', 'ACCA'], (mark) => glued(mark, upper(16))),
  ...family('GitHub', ['ghp', 'gho', 'ghu', 'ghs', 'ghr'], (mark) => glued(mark, '_', word(36))),
  'GitHub, fine-grained': glued('github', '_pat_', word(82)),
  ...family('GitLab', ['pat', 'ptt', 'dt', 'rt', 'cbt', 'ft', 'soat', 'agent'], (mark) =>
    glued('gl', mark, '-', word(20)),
  ),
  ...family('Slack', [...'abeoprs'], (mark) => glued('xo', 'x', mark, '-1234567890-', word(24))),
  'JSON web tokens': [json({ alg: 'RS256', typ: 'JWT' }), json({ sub: 'system:serviceaccount' }), word(40)].join('.'),
  npm: glued('np', 'm_', word(36)),
  PyPI: glued('py', 'pi-AgEIcHlwaS5vcmc', word(60)),
  ...family('Stripe', ['sk_test', 'sk_live', 'rk_prod'], (mark) => glued(mark, '_', word(24))),
  Google: glued('AI', 'za', word(35)),
  OpenAI: glued('sk', '-proj-', word(40), 'T3Blbk', 'FJ', word(40)),
  Anthropic: glued('sk', '-ant-api03-', word(95)),
  ...family('Vault', ['hvs', 'hvb'], (mark) => glued(mark, '.', word(95))),
  ...family('DigitalOcean', ['dop', 'doo', 'dor'], (mark) => glued(mark, '_v1_', hex(64))),
  SendGrid: glued('S', 'G.', word(22), '.', word(43)),
  Grafana: glued('gl', 'sa_', word(32), '_', hex(8)),
  'Grafana Cloud': glued('gl', 'c_', word(40)),
  ...family('Docker', ['pat', 'oat'], (mark) => glued('dckr', '_', mark, '_', word(27))),
};

export const TOKENS: Readonly<Record<string, string>> = {
  ...MARKED,
  ...family('a webhook of Slack', ['services', 'workflows', 'triggers'], (kind) =>
    glued('https://hooks.slack', '.com/', kind, '/T', upper(8), '/B', upper(8), '/', word(24)),
  ),
  Azure: glued('AccountName=a;Account', 'Key=', word(86), '=='),
  'a login by HTTP': glued('Authorization: Ba', 'sic ', base64('user:hunter2')),
  'a bearer': glued('Authorization: Bea', 'rer ', word(24)),
};

export const HASHES: Readonly<Record<string, string>> = {
  ...family('crypt', ['apr1', '1', '5', '6', 'y', 'gy', '7'], (id) => glued('user:$', id, '$', word(8), '$', word(43))),
  ...family('bcrypt', ['2', '2a', '2b', '2x', '2y'], (id) => glued('user:$', id, '$10$', word(53))),
  ...family('argon2 and scrypt', ['argon2id', 'argon2i', 'argon2d', 'scrypt'], (id) =>
    glued('$', id, '$v=19$m=65536,t=3,p=4$', word(22), '$', word(43)),
  ),
  'PBKDF2 of Django': glued('pbkdf', '2_sha256$600000$', word(12), '$', word(43), '='),
  'PBKDF2 of others': glued('pbkdf', '2-sha512$600000$', word(12), '$', word(43), '='),
  ...family('LDAP', ['SHA', 'SSHA', 'SHA256', 'SSHA384', 'SHA512'], (id) => glued('{', id, '}', word(43), '=')),
  'MD5 of PostgreSQL': glued('"user" "m', 'd5', hex(32), '"'),
  'SCRAM of PostgreSQL': glued('SCRAM-SHA', '-256$4096:', word(22), '==$', word(43), '=:', word(43), '='),
  'a native password of MySQL': glued('*', hex(40).toUpperCase()),
  'a password of MySQL 8': glued('$A', '$005$', word(63)),
  'an access list of Redis': glued('user chat on #', hex(64), ' ~chat:* +@all'),
};

export const REGISTRY_LOGINS: Readonly<Record<string, string>> = {
  "docker's config": JSON.stringify({ auths: { 'registry.example.com': { auth: base64('user:hunter2') } } }),
  'its old form': JSON.stringify({ 'registry.example.com': { auth: base64('user:hunter2') } }),
  YAML: `auth: ${base64('user:hunter2')}\n`,
  'a password beside': JSON.stringify({ auths: { 'registry.example.com': { username: 'user', password: 'hunter2' } } }),
  'a token of the registry': JSON.stringify({ auths: { 'registry.example.com': { registrytoken: word(40) } } }),
  'an identity token': JSON.stringify({ auths: { 'registry.example.com': { identitytoken: word(40) } } }),
};

export const KEYS: Readonly<Record<string, string>> = {
  'PKCS #8': PRIVATE_KEY,
  RSA: pem(['RSA', 'PRIVATE', 'KEY'].join(' ')),
  OpenSSH: pem(['OPENSSH', 'PRIVATE', 'KEY'].join(' ')),
  encrypted: pem(['ENCRYPTED', 'PRIVATE', 'KEY'].join(' ')),
  PGP: pem(['PGP', 'PRIVATE', 'KEY', 'BLOCK'].join(' ')),
  'PEM cut short': PRIVATE_KEY.slice(0, 80),
  PuTTY: ['PuTTY-User-', 'Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n', word(40), '\n'].join(''),
  age: ['AGE-SECRET', '-KEY-1', upper(58)].join(''),
};

export const URLS: Readonly<Record<string, string>> = {
  'a user and a password': 'postgres://user:hunter2@db.example.com/shop',
  'a scheme in upper case': 'HTTPS://user:hunter2@example.com',
  'a password alone': 'redis://:hunter2@redis:6379',
  'a password in the middle of a sentence': 'see https://user:hunter2@example.com, please',
  'a password among the parameters': 'jdbc:mysql://db/shop?user=web&password=hunter2',
  'a token among the parameters': 'https://example.com/hook?token=hunter2',
  'a data source name of Go': 'user:hunter2@tcp(db:3306)/shop',
  'a data source name of a socket': 'user:hunter2@unix(/run/db.sock)/shop',
};

/** What looks like a secret at first, and is none. */
export const ORDINARY: Readonly<Record<string, string>> = {
  'a digest of an image': `registry.example.com/web@sha256:${hex(64)}`,
  'a checksum': hex(64),
  'a short checksum': hex(16),
  'an MD5 of a file': hex(32),
  'a commit': hex(40),
  'a UUID': '123e4567-e89b-12d3-a456-426614174000',
  'a certificate': CERTIFICATE,
  'a certificate in base64': base64(CERTIFICATE),
  'a public key': pem(['PUBLIC', 'KEY'].join(' ')),
  'an icon': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array(64).keys()]).toString('base64'),
  'an address': 'redis://redis:6379',
  'an address with a user': 'https://user@example.com/',
  'an address with a variable': 'redis://:$(REDIS_PASSWORD)@redis:6379',
  'an address of a template': 'postgres://{{ .user }}:{{ .password }}@db',
  'an address of a shell': `mysql://user:\${PASSWORD}@db`,
  'an address with a port and an @': 'https://example.com:8443/@scope/package',
  'parameters that are no credentials': 'https://example.com/?page=2&tokenType=bearer',
  'a data source name of a variable': '$USER:$PASSWORD@tcp(db:3306)/shop',
  'a docker config of helpers': JSON.stringify({
    auths: { 'registry.example.com': {} },
    credHelpers: { a: 'ecr-login' },
  }),
  'an auth that is no login': 'auth: required',
  'a docker config of a variable': `{"auths": {"registry": {"password": "$PASSWORD"}}}`,
  'a placeholder of a key': ['-----BEGIN PRIVATE', ' KEY-----\n...\n-----END PRIVATE', ' KEY-----'].join(''),
  'a header with a variable': 'Authorization: Bearer $TOKEN',
  'a word after Bearer': 'Bearer authentication-is-required',
  'a word after Basic': 'Basic authentication of users',
  'a login that begins with a sentence': glued('Ba', 'sic ', base64('some text:more')),
  'a login that ends with a sentence': glued('Ba', 'sic ', base64('text:more words')),
  'an auth that begins with a sentence': `auth: ${base64('some text:more')}`,
  'an auth that ends with a sentence': `auth: ${base64('text:more words')}`,
  'an address after two slashes': 'https://example.com//web:8080@x',
  'a longer digest called md5': `md5${hex(64)}`,
  'a file called after its digest': `cmd5${hex(32)}`,
  'a longer digest after an asterisk': `*${hex(64).toUpperCase()}`,
  'a sentence about an access list': `a superuser chat on #${hex(64)}`,
  'a longer digest in an access list': `user chat on #${hex(65)}`,
  'a price': '$5 $6 $1.50',
  'a time zone': 'Europe/Amsterdam',
};
