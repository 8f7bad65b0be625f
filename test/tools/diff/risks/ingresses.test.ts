import type { Rendered } from '../../../support/rendered';
import { add, drop, set } from '../edits';
import { type Case, edited, expected, judgement } from '../world';

const path =
  (edit: (path: Rendered, rule: Rendered) => void) =>
  ({ spec }: Rendered) =>
    edit(spec.rules[0].http.paths[0], spec.rules[0]);

const PATHS = 'spec.rules[chat.example.com].http.paths';

const INGRESSES: readonly Case[] = [
  [
    'a host more',
    'Ingress/chat',
    add('spec.rules', { host: 'more.example.com', http: { paths: [{ path: '/', backend: {} }] } }),
    'spec.rules[more.example.com]',
    'access: serves more.example.com/ to outside',
  ],
  [
    'a path more',
    'Ingress/chat',
    path((old, rule) => {
      rule.http.paths.push({ ...old, path: '/admin' });
    }),
    `${PATHS}[/admin]`,
    'access: serves chat.example.com/admin to outside',
  ],
  [
    'another Service',
    'Ingress/chat',
    path(set('backend.service.name', 'outside')),
    `${PATHS}[/].backend.service.name`,
    'access: chat.example.com/ leads to another backend',
  ],
  [
    'no host',
    'Ingress/chat',
    set('spec.rules', []),
    'spec.rules[chat.example.com]',
    'restarts: no longer serves chat.example.com/',
  ],
  ['no TLS', 'Ingress/chat', drop('spec.tls'), 'spec.tls', 'access: serves chat.example.com without TLS'],
  [
    'a wildcard for the name of its certificate',
    'Ingress/chat',
    set('spec.tls.0.hosts', ['*.example.com']),
    'spec.tls[tls].hosts[0]',
    'safe: its controller reads it: what it does stands in the controller’s documentation',
  ],
  [
    'no TLS for a host that goes with it',
    'Ingress/chat',
    (ingress) => {
      ingress.spec.tls = [];
      ingress.spec.rules = [];
    },
    'spec.rules[chat.example.com]',
    'restarts: no longer serves chat.example.com/',
  ],
  [
    'an address on the internet',
    'Ingress/chat',
    set('metadata.annotations.scheme', 'internet-facing'),
    'metadata.annotations.scheme',
    'access: its controller may admit others, or ask them for less',
  ],
  [
    'a guard that comes',
    'Ingress/chat',
    set('metadata.annotations.auth-url', 'https://auth.example.com'),
    'metadata.annotations.auth-url',
    'safe: an annotation of the object itself; whoever reads it acts on it',
  ],
  [
    'everybody',
    'Ingress/chat',
    ({ metadata }) => {
      delete metadata.annotations['nginx.ingress.kubernetes.io/whitelist-source-range'];
    },
    'metadata.annotations["nginx.ingress.kubernetes.io/whitelist-source-range"]',
    'access: its controller may admit others, or ask them for less',
  ],
  [
    'an annotation of no guard',
    'Ingress/chat',
    set('metadata.annotations.note', 'x'),
    'metadata.annotations.note',
    'safe: an annotation of the object itself; whoever reads it acts on it',
  ],
  [
    'another controller',
    'Ingress/chat',
    set('spec.ingressClassName', 'haproxy'),
    'spec.ingressClassName',
    'restarts: another controller serves it, at another address',
  ],
];

describe('an Ingress', () => {
  it.each(INGRESSES.map((entry) => [entry[0], entry] as const))('is judged: %s', (_, entry) => {
    expect(judgement(entry)).toEqual(expected(entry));
  });

  it('that gets a backend for whatever no rule names is told as such', () => {
    const report = edited(
      'Ingress/chat',
      set('spec.defaultBackend', { service: { name: 'inside', port: { number: 80 } } }),
    );
    expect(report.reasons).toEqual([{ risk: 'access', why: 'serves whatever no rule names to outside' }]);
  });
});
