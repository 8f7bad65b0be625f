import { chatSettings, contradictions, isCookieSecure, originsOf } from '../../../app/chat/src/settings';
import { describeSettings, readSettings, SettingsError } from '../../../app/common/src/settings';

const KEY = 'k'.repeat(32);
const OTHER = 'o'.repeat(32);
const read = (variables: Record<string, string> = {}) => readSettings(chatSettings, variables);
const faults = (variables: Record<string, string>): readonly string[] => {
  try {
    return contradictions(read(variables));
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
};

describe('the settings of the chat', () => {
  it('need nothing at all for one process', () => {
    expect(contradictions(read())).toEqual([]);
    expect(originsOf(read())).toEqual(['http://localhost:8080', 'http://127.0.0.1:8080']);
    expect(originsOf(read({ PORT: '9000' }))).toEqual(['http://localhost:9000', 'http://127.0.0.1:9000']);
  });

  it('have defaults that parse', () => {
    for (const [name, { kind, ...setting }] of Object.entries(chatSettings)) {
      if ('default' in setting) expect([name, kind.schema.safeParse(setting.default).success]).toEqual([name, true]);
    }
  });

  it.each(['SESSION_KEY', 'REDIS_PASSWORD', 'MYSQL_PASSWORD'] as const)('call %s a secret', (name) => {
    expect(chatSettings[name].secret).toBe(true);
  });

  it('never show a key that is too short', () => {
    const [fault] = faults({ SESSION_KEY: 'hush' });
    expect(fault).toMatch(/^SESSION_KEY: its value \(not shown\)/);
    expect(fault).not.toContain('hush');
  });

  it('are all in the printed table', () => {
    const printed = describeSettings(chatSettings);
    for (const name of Object.keys(chatSettings)) expect(printed).toContain(`\n  ${name}\n`);
  });
});

describe('ORIGINS', () => {
  it('are origins: no path, no user, no slash at the end', () => {
    expect(read({ ORIGINS: 'https://a.example.com, https://b.example.com:8443' }).ORIGINS).toEqual([
      'https://a.example.com',
      'https://b.example.com:8443',
    ]);
    for (const origin of [
      'https://a.example.com/',
      'https://a.example.com/chat',
      'https://me@a.example.com',
      'https://A.example.com',
      'https://a.example.com:443',
      'wss://a.example.com',
      'a.example.com',
      '*',
      'null',
    ]) {
      expect([origin, faults({ ORIGINS: origin })]).toEqual([
        origin,
        [expect.stringMatching(/^ORIGINS: .* expected an origin such as/)],
      ]);
    }
  });
});

describe('SESSION_KEY', () => {
  it('is one key, or two while they change', () => {
    expect(read({ SESSION_KEY: KEY }).SESSION_KEY).toEqual([KEY]);
    expect(read({ SESSION_KEY: `${KEY}, ${OTHER}` }).SESSION_KEY).toEqual([KEY, OTHER]);
  });

  it.each([
    ['too short', 'k'.repeat(31)],
    ['one of two too short', `${KEY},short`],
    ['three', `${KEY},${OTHER},${KEY}`],
  ])('is refused: %s', (_, value) => {
    expect(faults({ SESSION_KEY: value })).toHaveLength(1);
  });
});

describe('REDIS_URL', () => {
  it('holds an address and no credentials', () => {
    expect(read({ REDIS_URL: 'rediss://redis.example.com:6380' }).REDIS_URL).toBe('rediss://redis.example.com:6380');
    for (const url of ['http://redis:6379', 'redis', `redis://me:${'x'}@redis:6379`, 'redis://me@redis']) {
      expect([url, faults({ REDIS_URL: url, SESSION_KEY: KEY })]).toEqual([
        url,
        [expect.stringContaining('without credentials')],
      ]);
    }
  });
});

describe('settings that contradict each other', () => {
  it('MySQL without Redis, or without a user', () => {
    expect(faults({ MYSQL_HOST: 'mysql', MYSQL_USER: 'chat' })).toEqual([
      expect.stringMatching(/^REDIS_URL: unset beside MYSQL_HOST/),
    ]);
    expect(faults({ MYSQL_HOST: 'mysql', REDIS_URL: 'redis://r', SESSION_KEY: KEY })).toEqual([
      expect.stringMatching(/^MYSQL_USER: unset beside MYSQL_HOST/),
    ]);
  });

  it('Redis without a key that all processes know', () => {
    expect(faults({ REDIS_URL: 'redis://redis:6379' })).toEqual([
      expect.stringMatching(/^SESSION_KEY: unset beside REDIS_URL/),
    ]);
  });

  it('a secure cookie for an address without TLS', () => {
    expect(faults({ ORIGINS: 'http://chat.example.com' })).toEqual([
      expect.stringMatching(/^ORIGINS: http:\/\/chat\.example\.com cannot keep a secure cookie/),
    ]);
    expect(faults({ ORIGINS: 'http://chat.example.com', COOKIE_SECURE: 'false' })).toEqual([]);
    expect(faults({ ORIGINS: 'http://localhost:3000' })).toEqual([]);
  });

  it('an address with TLS beside one of this machine without: the cookie of both would go without', () => {
    expect(faults({ ORIGINS: 'https://chat.example.com,http://localhost:3000' })).toEqual([
      expect.stringMatching(/^ORIGINS: http:\/\/localhost:3000 cannot keep a secure cookie/),
    ]);
  });
});

describe('the cookie', () => {
  it.each([
    ['is secure over TLS', { ORIGINS: 'https://chat.example.com' }, true],
    ['is plain where it was asked for', { ORIGINS: 'https://chat.example.com', COOKIE_SECURE: 'false' }, false],
    ['is plain on this machine', { ORIGINS: 'http://localhost:3000' }, false],
    ['is plain where nothing is set', {}, false],
  ])('%s', (_, variables, secure) => {
    expect(isCookieSecure(read(variables as Record<string, string>))).toBe(secure);
  });
});
