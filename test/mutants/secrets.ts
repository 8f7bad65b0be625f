import { changes, having, type Mutant } from './mutant';

const CHAT = 'Deployment/chat';
const FIRST = 'spec.template.spec.containers.0';

// Put together here, so that nothing in this file looks like a credential to whoever searches it.
const PASSWORD = ['correct', 'horse', 'battery'].join('-');
const KEY = `-----BEGIN ${'PRIVATE'} KEY-----\n${'A1b2'.repeat(16)}\n-----END ${'PRIVATE'} KEY-----\n`;
const TOKEN = `ghp_${'a1B2'.repeat(9)}`;
const HASH = `web:$apr1$${'h6dOJ9BV'}$${'A1B2'.repeat(5)}a.`;

/** Faults about credentials: what must never stand in git, and what the contract must know. */
export const secretMutants: readonly Mutant[] = [
  having('secrets', 'adds a Secret', 'secrets/object', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {},
    data: { key: 'dmFsdWU=' },
  }),
  having('secrets', 'adds a Secret in plain words', 'secrets/object', {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {},
    stringData: { key: 'value' },
  }),
  ...changes('secrets', [
    [
      'hides a Secret in a ConfigMap',
      'secrets/object',
      'ConfigMap/chat',
      ['data.extra', 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: hidden\n'],
    ],
    [
      'a variable holds a password',
      'secrets/env',
      CHAT,
      [`${FIRST}.env.0`, { name: 'SESSION_PASSWORD', value: PASSWORD }],
    ],
    [
      'an argument holds a password',
      'secrets/arguments',
      'StatefulSet/redis',
      [`${FIRST}.args`, ['--requirepass', PASSWORD]],
    ],
    ['a ConfigMap holds a password', 'secrets/config-map', 'ConfigMap/chat', ['data.REDIS_PASSWORD', PASSWORD]],
    [
      'an annotation holds a password',
      'secrets/annotations',
      'Service/chat',
      ['metadata.annotations.password', PASSWORD],
    ],
    [
      'a URL holds a password',
      'secrets/url',
      'ConfigMap/chat',
      ['data.REDIS_URL', `redis://chat:${PASSWORD}@redis:6379`],
    ],
    ['a ConfigMap holds a private key', 'secrets/private-key', 'ConfigMap/chat', ['data.tls', KEY]],
    ['a ConfigMap holds a token', 'secrets/token', 'ConfigMap/chat', ['data.greeting', TOKEN]],
    ['a ConfigMap holds a password hash', 'secrets/password-hash', 'ConfigMap/chat', ['data.users', HASH]],
    [
      'a ConfigMap holds credentials of a registry',
      'secrets/docker-config',
      'ConfigMap/chat',
      [
        'data.config',
        JSON.stringify({
          auths: { 'registry.example.com': { auth: Buffer.from(`web:${PASSWORD}`).toString('base64') } },
        }),
      ],
    ],
  ]),
  ...changes('contract', [
    [
      'reads a Secret that nobody makes',
      'references/secret-contract',
      CHAT,
      ['spec.template.spec.volumes.1.secret.secretName', 'caht'],
    ],
    [
      'reads a key that nobody makes',
      'references/secret-contract',
      CHAT,
      ['spec.template.spec.volumes.1.secret.items.0.key', 'sesion_key'],
    ],
    [
      'reads the whole Secret of another',
      'references/secret-contract',
      CHAT,
      ['spec.template.spec.volumes.1.secret', { secretName: 'mysql' }],
    ],
    [
      'reads a key no more that the contract says it reads',
      'references/secret-contract',
      'StatefulSet/redis',
      ['spec.template.spec.volumes.1', { name: 'secret-redis', emptyDir: { sizeLimit: '1Mi' } }],
    ],
    [
      'an Ingress shows a certificate that nobody makes',
      'references/secret-contract',
      'Ingress/chat',
      ['spec.tls.0.secretName', 'caht-tls'],
    ],
  ]),
];
