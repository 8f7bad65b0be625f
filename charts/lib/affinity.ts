/**
 * Cookie affinity: a client's requests go to the pod that answered first. Each controller reads it from another object
 * and knows other options, so each strategy has its own fields; one that a controller would ignore does not compile.
 */
import * as z from 'zod';
import { fields } from '../../tools/parse/parse';

const cookieName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is not a cookie name (RFC 6265 token)');
const seconds = z.number().int().min(1);

export const affinity = z.discriminatedUnion('strategy', [
  /** No affinity: clients that open a websocket first need none. */
  fields({ strategy: z.literal('none') }),
  /** Traefik 3 reads the Service; on the Ingress these annotations do nothing. */
  fields({
    strategy: z.literal('traefik'),
    cookie: cookieName,
    secure: z.boolean().default(true),
    httpOnly: z.boolean().default(true),
    sameSite: z.enum(['none', 'lax', 'strict']).default('lax'),
    /** Life of the cookie; default: until the browser closes. */
    maxAgeSeconds: seconds.optional(),
  }),
  /** HAProxy Technologies' controller reads the Service. It has no say over SameSite, Secure or age. */
  fields({
    strategy: z.literal('haproxytech'),
    cookie: cookieName,
    /** A value computed from the pod's address, the same in every controller pod. */
    dynamic: z.boolean().default(true),
  }),
  /** Legacy: ingress-nginx was archived in March 2026. It reads the Ingress. */
  fields({
    strategy: z.literal('ingress-nginx'),
    cookie: cookieName,
    /** `balanced` moves sessions when pods are added, `persistent` never does. */
    mode: z.enum(['balanced', 'persistent']).default('balanced'),
    secure: z.boolean().default(true),
    sameSite: z.enum(['None', 'Lax', 'Strict']).default('Lax'),
    maxAgeSeconds: seconds.optional(),
    /** Whether a client whose pod failed gets a new one; without it the client keeps a dead pod. */
    changeOnFailure: z.boolean().default(true),
    /** How long a silent connection lives. Its own default of 60 s cuts idle websockets. */
    idleTimeoutSeconds: seconds.default(3600),
  }),
]);

export type Affinity = z.output<typeof affinity>;
type Options<Strategy extends Affinity['strategy']> = Extract<Affinity, { strategy: Strategy }>;
type Annotations = Record<string, string>;

/** The object that a strategy patches, and what it writes there. */
interface Strategy<Name extends Affinity['strategy']> {
  readonly patches: 'Service' | 'Ingress' | 'nothing';
  annotations(options: Options<Name>): Annotations;
}

/** Fields of the controllers: Traefik 3.7, haproxytech 3.2, ingress-nginx 1.15 (their annotation references). */
export const strategies: { readonly [Name in Affinity['strategy']]: Strategy<Name> } = {
  none: { patches: 'nothing', annotations: () => ({}) },
  traefik: {
    patches: 'Service',
    annotations: ({ cookie, secure, httpOnly, sameSite, maxAgeSeconds }) =>
      prefixed('traefik.ingress.kubernetes.io/service.sticky.cookie', {
        '': true,
        '.name': cookie,
        '.secure': secure,
        '.httponly': httpOnly,
        '.samesite': sameSite,
        '.maxage': maxAgeSeconds,
      }),
  },
  haproxytech: {
    patches: 'Service',
    annotations: ({ cookie, dynamic }) =>
      prefixed('haproxy.org/', { [dynamic ? 'cookie-persistence' : 'cookie-persistence-no-dynamic']: cookie }),
  },
  'ingress-nginx': {
    patches: 'Ingress',
    annotations: ({ cookie, mode, secure, sameSite, maxAgeSeconds, changeOnFailure, idleTimeoutSeconds }) =>
      prefixed('nginx.ingress.kubernetes.io/', {
        affinity: 'cookie',
        'affinity-mode': mode,
        'session-cookie-name': cookie,
        'session-cookie-secure': secure,
        'session-cookie-samesite': sameSite,
        'session-cookie-max-age': maxAgeSeconds,
        'session-cookie-change-on-failure': changeOnFailure,
        'proxy-read-timeout': idleTimeoutSeconds,
        'proxy-send-timeout': idleTimeoutSeconds,
      }),
  },
};

/** Annotations that an affinity puts on one kind of object: none on the other. */
export function affinityAnnotations(affinity: Affinity, on: 'Service' | 'Ingress'): Annotations {
  const strategy = strategies[affinity.strategy] as Strategy<Affinity['strategy']>;
  return strategy.patches === on ? strategy.annotations(affinity) : {};
}

function prefixed(prefix: string, values: Record<string, string | number | boolean | undefined>): Annotations {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([key, value]) => [prefix + key, String(value)]));
}
