import { affinity, affinityAnnotations, strategies } from '../../../charts/lib/affinity';

const on = (options: object, object: 'Service' | 'Ingress') => affinityAnnotations(affinity.parse(options), object);

describe('cookie affinity', () => {
  it('stands on the Service for Traefik, session-long, secure and out of scripts’ reach by default', () => {
    const options = { strategy: 'traefik', cookie: 'pod' };
    const prefix = 'traefik.ingress.kubernetes.io/service.sticky.cookie';
    expect(on(options, 'Service')).toEqual({
      [prefix]: 'true',
      [`${prefix}.name`]: 'pod',
      [`${prefix}.secure`]: 'true',
      [`${prefix}.httponly`]: 'true',
      [`${prefix}.samesite`]: 'lax',
    });
    expect(on(options, 'Ingress')).toEqual({});
  });

  it('lasts as long as asked', () => {
    expect(on({ strategy: 'traefik', cookie: 'pod', maxAgeSeconds: 60 }, 'Service')).toMatchObject({
      'traefik.ingress.kubernetes.io/service.sticky.cookie.maxage': '60',
    });
    expect(on({ strategy: 'ingress-nginx', cookie: 'pod', maxAgeSeconds: 60 }, 'Ingress')).toMatchObject({
      'nginx.ingress.kubernetes.io/session-cookie-max-age': '60',
    });
  });

  it('stands on the Service for haproxytech, which ignores it on the Ingress', () => {
    const options = { strategy: 'haproxytech', cookie: 'pod' };
    expect(on(options, 'Service')).toEqual({ 'haproxy.org/cookie-persistence': 'pod' });
    expect(on(options, 'Ingress')).toEqual({});
    expect(on({ ...options, dynamic: false }, 'Service')).toEqual({
      'haproxy.org/cookie-persistence-no-dynamic': 'pod',
    });
  });

  it('stands on the Ingress for ingress-nginx, moves on from dead pods and leaves idle websockets open', () => {
    const options = { strategy: 'ingress-nginx', cookie: 'pod' };
    const prefix = 'nginx.ingress.kubernetes.io/';
    expect(on(options, 'Ingress')).toEqual({
      [`${prefix}affinity`]: 'cookie',
      [`${prefix}affinity-mode`]: 'balanced',
      [`${prefix}session-cookie-name`]: 'pod',
      [`${prefix}session-cookie-secure`]: 'true',
      [`${prefix}session-cookie-samesite`]: 'Lax',
      [`${prefix}session-cookie-change-on-failure`]: 'true',
      [`${prefix}proxy-read-timeout`]: '3600',
      [`${prefix}proxy-send-timeout`]: '3600',
    });
    expect(on(options, 'Service')).toEqual({});
  });

  it.each([
    [{ strategy: 'traefik', secure: false }, 'service.sticky.cookie.secure', 'false'],
    [{ strategy: 'traefik', httpOnly: false }, 'service.sticky.cookie.httponly', 'false'],
    [{ strategy: 'traefik', sameSite: 'none' }, 'service.sticky.cookie.samesite', 'none'],
    [{ strategy: 'traefik', sameSite: 'strict' }, 'service.sticky.cookie.samesite', 'strict'],
    [{ strategy: 'ingress-nginx', mode: 'persistent' }, 'affinity-mode', 'persistent'],
    [{ strategy: 'ingress-nginx', secure: false }, 'session-cookie-secure', 'false'],
    [{ strategy: 'ingress-nginx', sameSite: 'None' }, 'session-cookie-samesite', 'None'],
    [{ strategy: 'ingress-nginx', sameSite: 'Strict' }, 'session-cookie-samesite', 'Strict'],
    [{ strategy: 'ingress-nginx', changeOnFailure: false }, 'session-cookie-change-on-failure', 'false'],
    [{ strategy: 'ingress-nginx', idleTimeoutSeconds: 90 }, 'proxy-read-timeout', '90'],
    [{ strategy: 'ingress-nginx', idleTimeoutSeconds: 90 }, 'proxy-send-timeout', '90'],
  ])('says what %j asks for', (options, annotation, value) => {
    const written = {
      ...on({ cookie: 'pod', ...options }, 'Service'),
      ...on({ cookie: 'pod', ...options }, 'Ingress'),
    };
    expect(Object.entries(written).find(([key]) => key.endsWith(`/${annotation}`))?.[1]).toBe(value);
  });

  it('writes nothing anywhere when there is none', () => {
    expect(on({ strategy: 'none' }, 'Service')).toEqual({});
    expect(on({ strategy: 'none' }, 'Ingress')).toEqual({});
  });

  it('says for each strategy which object it patches', () => {
    expect(Object.entries(strategies).map(([name, { patches }]) => [name, patches])).toEqual([
      ['none', 'nothing'],
      ['traefik', 'Service'],
      ['haproxytech', 'Service'],
      ['ingress-nginx', 'Ingress'],
    ]);
  });

  it.each(['', 'two words', 'a;b', 'a=b'])('refuses %j as the name of a cookie', (cookie) => {
    expect(affinity.safeParse({ strategy: 'haproxytech', cookie }).success).toBe(false);
  });
});
