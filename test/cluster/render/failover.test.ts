import {
  type Adverts,
  hungScriptTakeover,
  refusingServerDetection,
  type ScriptCheck,
  type ServerCheck,
  scriptTakeover,
  silentServerDetection,
  silentTakeover,
} from '../../../cluster/render/failover';
import type { Target } from '../../../cluster/render/file';
import { haproxy, SERVER_CHECK } from '../../../cluster/render/haproxy';
import { ADVERT_INTERVAL, HAPROXY_CHECK, keepalived } from '../../../cluster/render/keepalived';
import type { Cluster } from '../../../cluster/spec';
import { lab } from '../../../cluster/specs/lab';
import { balancedByOne, readServerCheck, readVrrp, selfBalanced } from '../../support/balancers';

describe('the time until somebody else holds the address', () => {
  const adverts: Adverts = { version: 3, interval: 300, priority: 253 };
  const check: ScriptCheck = { interval: 1_000, timeout: 1_000, fall: 2, weight: 0 };

  it('is three adverts and the skew, where the holder vanished', () => {
    expect(silentTakeover(adverts)).toBe(903.515625);
  });

  it('has a skew of up to a second in version 2, whatever the adverts', () => {
    expect(silentTakeover({ version: 2, interval: 5_000, priority: 100 })).toBe(15_609.375);
    expect(silentTakeover({ version: 3, interval: 5_000, priority: 100 })).toBe(18_046.875);
  });

  it('is the failures that count and the skew, where a script fails', () => {
    expect(scriptTakeover(check, adverts)).toBe(2_003.515625);
  });

  it('is two adverts longer, where a failure only lowers the priority', () => {
    const seed = { interval: 3_000, timeout: 10_000, fall: 5, weight: -2 };
    expect(scriptTakeover(seed, { version: 2, interval: 5_000, priority: 100 })).toBe(25_609.375);
  });

  it('is one timeout longer, where the script hangs', () => {
    expect(hungScriptTakeover(check, adverts)).toBe(3_003.515625);
  });
});

describe('the time until a server is out', () => {
  const check: ServerCheck = { inter: 1_000, fastinter: 500, fall: 2, connect: 1_000, answer: 1_000 };

  it('is a check and the fast ones after it, where it refuses', () => {
    expect(refusingServerDetection(check)).toBe(1_500);
    expect(refusingServerDetection({ ...check, fall: 3 })).toBe(2_000);
  });

  it('is longer by a limit for each check, where it is silent', () => {
    expect(silentServerDetection(check)).toBe(3_500);
    expect(silentServerDetection({ ...check, answer: 2_000 })).toBe(5_500);
  });

  it('takes `inter` for the limit of a connection that may take longer', () => {
    expect(silentServerDetection({ ...check, connect: 10_000 })).toBe(3_500);
    expect(silentServerDetection({ ...check, connect: 3_000, inter: 2_000 })).toBe(6_500);
  });
});

const rendered = (target: Target, cluster: Cluster, name: string): string[] =>
  target(cluster)
    .filter(({ path }) => path.endsWith(name))
    .map(({ content }) => content);

describe.each([
  ['a pair', lab],
  ['control planes that balance themselves', selfBalanced()],
])('the files of %s', (_, cluster) => {
  it('keep the budgets for a balancer that loses its power and for a HAProxy that dies or hangs', () => {
    const files = rendered(keepalived, cluster, 'keepalived.conf').map(readVrrp);
    expect(files.length).toBeGreaterThan(1);
    for (const { check, adverts } of files) {
      expect(silentTakeover(adverts)).toBeLessThanOrEqual(1_000);
      expect(scriptTakeover(check, adverts)).toBeLessThanOrEqual(2_100);
      expect(hungScriptTakeover(check, adverts)).toBeLessThanOrEqual(3_100);
    }
  });

  it('have the timings that the linter and the formulas know', () => {
    for (const { check, adverts } of rendered(keepalived, cluster, 'keepalived.conf').map(readVrrp)) {
      expect(HAPROXY_CHECK).toMatchObject(check);
      expect(adverts).toMatchObject({ version: 3, interval: ADVERT_INTERVAL });
    }
  });
});

it.each([
  ['a pair', lab],
  ['one balancer', balancedByOne()],
  ['control planes that balance themselves', selfBalanced()],
])('HAProxy of %s takes a silent server out within 3.5 s, and one that is not ready within 1.5 s', (_, cluster) => {
  const files = rendered(haproxy, cluster, 'haproxy.cfg').map(readServerCheck);
  expect(files.length).toBeGreaterThan(0);
  for (const check of files) {
    expect(silentServerDetection(check)).toBe(3_500);
    expect(refusingServerDetection(check)).toBe(1_500);
    expect(SERVER_CHECK).toMatchObject(check);
  }
});
