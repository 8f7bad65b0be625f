import type { IngressSpec } from 'kubernetes-types/networking/v1';
import { valueAt } from '../../manifests/pods';
import type { Rule } from '../rules';
import type { Steps } from '../steps';
import { both, type Subject, type Verdict } from '../subject';
import { canonical } from '../values';

/** Hosts and paths that are served from outside. */
export function* ingresses(subject: Subject): Generator<Verdict> {
  const { kind, before, after } = subject;
  if (kind !== 'Ingress' || !before || !after) return;
  const [old, now] = both(subject, ['spec']).map((spec) => routesOf((spec ?? {}) as IngressSpec));
  const at: Steps = ['spec', 'rules'];
  for (const [route, backend] of now ?? []) {
    const had = old?.get(route);
    if (had === undefined) yield { risk: 'access', why: `serves ${route} to outside`, at };
    else if (had !== backend) yield { risk: 'access', why: `${route} leads to another backend`, at };
  }
  const gone = [...(old ?? [])].filter(([route]) => !now?.has(route)).map(([route]) => route);
  if (gone.length > 0) yield { risk: 'restarts', why: `no longer serves ${gone.join(', ')}`, at };
  const [secured, secures] = both(subject, ['spec', 'tls']).map(tlsHosts);
  const hosts = new Set(
    ((valueAt(after, ['spec', 'rules']) ?? []) as { host?: string }[]).map(({ host = '*' }) => host),
  );
  const open = [...hosts].filter((host) => isSecured(host, secured ?? []) && !isSecured(host, secures ?? []));
  if (open.length > 0) yield { risk: 'access', why: `serves ${open.join(', ')} without TLS`, at: ['spec', 'tls'] };
}

/** Whether a host is among those that are served with TLS: by its name, or by a wildcard for its first label. */
const isSecured = (host: string, hosts: readonly string[]): boolean =>
  hosts.includes('*') || hosts.includes(host) || hosts.includes(host.replace(/^[^.]+/, '*'));

/** Backends by what leads to them: `host/path`. */
function routesOf({ rules = [], defaultBackend }: IngressSpec): ReadonlyMap<string, string> {
  const routes = rules.flatMap(({ host = '*', http }) =>
    (http?.paths ?? []).map(({ path = '/', pathType, backend }) => {
      const route = `${host}${path}${pathType === 'Exact' ? ' alone' : ''}`;
      return [route, canonical(backend)] as const;
    }),
  );
  return new Map([
    ...routes,
    ...(defaultBackend ? [['whatever no rule names', canonical(defaultBackend)] as const] : []),
  ]);
}

/** Hosts that are served with TLS; an entry without hosts is for all. */
const tlsHosts = (tls: unknown): readonly string[] =>
  ((tls ?? []) as { hosts?: readonly string[] }[]).flatMap(({ hosts = ['*'] }) => hosts);

/** Annotations by which a controller asks who calls, or keeps to inside: another value, or none, may open. */
const GUARDS =
  /(?:^|[-./_])(?:auth|whitelist|allow-?list|source-range|ssl|tls|force|redirect|rate|limit|snippet|internal|scheme|middleware)/i;

/** Values of an annotation that open by coming. */
const OPENS = /^(?:internet-facing|external|public)$/i;

/** Who serves an Ingress, and whom its controller, or a Service's load balancer, admits. */
export const INGRESS_RULES: readonly Rule[] = [
  {
    kinds: ['Ingress', 'Service'],
    fields: 'metadata.annotations.*',
    when: ({ steps, before, after }) =>
      GUARDS.test(String(steps.at(-1))) && (before !== undefined || OPENS.test(String(after))),
    risk: 'access',
    why: 'its controller may admit others, or ask them for less',
  },
  {
    kinds: ['Ingress'],
    fields: 'spec.ingressClassName',
    risk: 'restarts',
    why: 'another controller serves it, at another address',
  },
];
