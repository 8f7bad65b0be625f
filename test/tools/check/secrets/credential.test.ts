import { hidden, isCredential } from '../../../../tools/check/secrets/credential';
import { base64, hex, upper, word } from './planted';

const LITERAL = 'hunter2';

describe('a name whose end calls for a secret', () => {
  it.each([
    'PASSWORD',
    'DB_PASSWORD',
    'PGPASSWORD',
    'dbPassword',
    'spring.datasource.password',
    'db-password',
    'MYSQL_PWD',
    'rootPass',
    'REDIS_PASSWD',
    'htpasswd',
    'KEY_PASSPHRASE',
    'passcode',
    'CLIENT_SECRET',
    'clientSecret',
    'CLIENTSECRET',
    'SECRETS',
    'API_TOKEN',
    'apiToken',
    'API_KEY',
    'APIKEY',
    'X-Api-Key',
    'AWS_SECRET_ACCESS_KEY',
    'ACCOUNT_KEY',
    'authKey',
    'ENCRYPTION_KEY',
    'master-key',
    'PrivateKey',
    'SECRET_KEY',
    'SESSION_KEY',
    'SharedKey',
    'signing_key',
    'STORAGE_KEY',
    'DB_CREDENTIAL',
    'JWTSigningKey',
    'CREDENTIALS',
    'SECRET_KEY_BASE',
    'TOKEN_BASE64',
    'TOKEN_B64',
    'PASSWORD_DEFAULT',
    'PASSWORD_PLAIN',
    'PASSWORD_TEXT',
    'PASSWORD_VALUE',
    'CREDENTIALS_JSON',
    'PASSWORD_1',
    'PASSWORD2',
    'REDISCLI_AUTH',
    'BASIC_AUTH',
    'requirepass',
    'masterauth',
  ])('makes a credential of what %s holds', (name) => {
    expect(isCredential(name, LITERAL)).toBe(true);
  });

  it.each([
    '123456',
    'correct horse battery staple',
    '/9j+4AAQSkZJRg==',
    'hunter/2',
    'pa$$word',
    'nonesuch',
    'noone is an iron',
    'xylophone',
    'my vault:2',
    'a<b>c',
    '100%s',
    'changeme',
  ])('makes a credential of %j', (value) => {
    expect(isCredential('DB_PASSWORD', value)).toBe(true);
  });
});

describe('a name that calls for no secret', () => {
  it.each([
    'PASSWORD_FILE',
    'TOKEN_TTL',
    'SECRET_NAME',
    'passwordSecretRef',
    'TOKENIZERS',
    'PUBLIC_KEY',
    'PARTITION_KEY',
    'KEY',
    'COMPASS',
    'proxy_pass',
    'fastcgi_pass',
    'grpc_pass',
    'scgi_pass',
    'uwsgi_pass',
    'no-password',
    'skip-token',
    'without-secret',
    'AUTHOR',
  ])('leaves what %s holds alone', (name) => {
    expect(isCredential(name, LITERAL)).toBe(false);
  });

  it.each(['HTTP_PROXY_PASS', 'MY_NO_PASSWORD', 'PROXY_PASS_1'])('is another than %s', (name) => {
    expect(isCredential(name, LITERAL)).toBe(true);
  });
});

describe('a value that says nothing itself', () => {
  it.each([
    '',
    '  ',
    '0',
    '1',
    'true',
    'False',
    'yes',
    'no',
    'on',
    'off',
    'none',
    'null',
    'required',
    'optional',
    'string',
    '/run/secrets/db/password',
    './password',
    '~/password',
    '@/run/secrets/token',
    'file:///run/secrets/token',
    '$(PASSWORD)',
    'prefix-$(PASSWORD)',
    `\${PASSWORD}`,
    `prefix-\${PASSWORD}`,
    '$PASSWORD',
    '{{ .Values.password }}',
    '<password>',
    '%s',
    '%PASSWORD%',
    '********',
    'xxx',
    'XXX',
    '...',
    '••••',
    'vault:secret/data/db#password',
    'op://shop/db/password',
    'arn:aws:secretsmanager:eu-central-1:123456789012:secret:db',
    'ref+awssecrets://db/password',
    'app:x:10001:10001::/:/sbin/nologin',
  ])('is no credential: %j', (value) => {
    expect(isCredential('DB_PASSWORD', value)).toBe(false);
  });
});

describe('a name that holds the word elsewhere', () => {
  // 16 characters of exactly 3.5 bits: eight once, four twice.
  const LEAST = 'abcdefghiijjkk11';

  it.each([
    ['letters and digits', word(32)],
    ['hexadecimal digits', hex(32)],
    ['upper case', upper(32)],
    ['base64', base64(word(32))],
    ['as little as will do', LEAST],
  ])('makes a credential of what looks random: %s', (_, value) => {
    expect(isCredential('TOKEN_GITHUB', value)).toBe(true);
  });

  it.each([
    'PASSWORD_ROOT',
    'PASSWD_ROOT',
    'PASSPHRASE_ROOT',
    'SECRET_ROOT',
    'TOKEN_ROOT',
    'API_KEY_ROOT',
    'APIKEY_ROOT',
    'CREDENTIAL_ROOT',
    'ACCESS_KEY_ROOT',
    'AWS_ACCESS_KEY_ROOT',
    'ENCRYPTION_KEY_ROOT',
    'MASTER_KEY_ROOT',
    'PRIVATE_KEY_ROOT',
    'SIGNING_KEY_ROOT',
    'TOKEN_NAME_ROOT',
  ])('makes one of what %s holds', (name) => {
    expect(isCredential(name, LEAST)).toBe(true);
  });

  it.each([
    ['an ordinary word', 'actions'],
    ['a long word without digits', 'caching-sha-password-plugin'],
    ['a long number', '73625140983625140987'],
    ['a long word of two characters', '0a0a0a0a0a0a0a0a0a0a'],
    ['a long word of eight characters', 'abcdefg1abcdefg1'],
    ['a sentence that ends at random', `see ${word(32)}`],
    ['a sentence that begins at random', `${word(32)} is it`],
    ['a short random word', LEAST.slice(1)],
  ])('makes none of %s', (_, value) => {
    expect(isCredential('TOKEN_GITHUB', value)).toBe(false);
  });

  it.each([
    'SECRET_CHECKSUM',
    'SECRET_DIR',
    'SECRET_FILE',
    'PASSWORD_HASH',
    'TOKEN_HOST',
    'ACCESS_KEY_ID',
    'SECRET_NAME',
    'TOKEN_PATH',
    'TOKEN_PREFIX',
    'CREDENTIAL_PROVIDER',
    'SECRET_REF',
    'SECRET_TYPE',
    'SECRET_VERSION',
    'BUILD_TAG',
    'PROCESS_KEY_ROOT',
  ])('makes none of what %s holds', (name) => {
    expect(isCredential(name, word(32))).toBe(false);
  });
});

describe('a number', () => {
  it.each(['MAX_TOKENS', 'maxTokens', 'SECRETS', 'PASSWORDS'])('is how many where the name is a plural: %s', (name) => {
    expect(isCredential(name, '4096')).toBe(false);
  });

  it.each([
    ['SECRETS', '4096bits'],
    ['TOKENS_1', '4096'],
    ['CREDENTIALS', '4096'],
  ])('is a credential otherwise: %s %s', (name, value) => {
    expect(isCredential(name, value)).toBe(true);
  });
});

describe('a secret in a finding', () => {
  it.each([
    ['swordfish', '"sw"… of 9 characters'],
    ['12345678', '"12"… of 8 characters'],
    ['hunter2', '7 characters'],
    ['x', '1 character'],
  ])('shows hardly anything of %s', (secret, shown) => {
    expect(hidden(secret)).toBe(shown);
  });
});
