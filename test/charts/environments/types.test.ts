/**
 * What the compiler refuses. `npm run typecheck` fails where one of these lines compiles: an expected error that does
 * not come is an error. Nothing here runs.
 */
import type { k8s } from 'cdk8s-plus-28';
import { chat } from '../../../charts/apps/chat';
import { hello } from '../../../charts/apps/hello';
import { redis } from '../../../charts/stores/redis';

const origins = ['https://chat.example.com'];
const host = 'chat.example.com';

const refused = () => [
  // @ts-expect-error an unknown field
  hello({ replicas: 3 }),
  // @ts-expect-error a field of another type
  hello({ expose: { via: 'nodePort', port: '30008' } }),
  // @ts-expect-error an unknown way in
  hello({ expose: { via: 'tunnel' } }),
  // @ts-expect-error a field of another exposure
  hello({ expose: { via: 'internal', port: 30008 } }),
  // @ts-expect-error a store that is none
  chat({ store: 'postgres', origins }),
  // @ts-expect-error a missing field
  chat({ store: 'redis' }),
  // @ts-expect-error a missing field of a store
  redis({ storage: '1Gi' }),
  // @ts-expect-error haproxytech has no say over SameSite
  hello({ expose: { via: 'ingress', host, affinity: { strategy: 'haproxytech', cookie: 'pod', sameSite: 'lax' } } }),
  // @ts-expect-error Traefik has no affinity mode
  hello({ expose: { via: 'ingress', host, affinity: { strategy: 'traefik', cookie: 'pod', mode: 'persistent' } } }),
  // @ts-expect-error without affinity there is no cookie
  hello({ expose: { via: 'ingress', host, affinity: { strategy: 'none', cookie: 'pod' } } }),
  // @ts-expect-error a misspelt field of an L1 object, which cdk8s would drop without a word
  ((): k8s.DeploymentSpec['strategy'] => ({ type: 'RollingUpdate', rollingUpdat: {} }))(),
  // @ts-expect-error a mistyped one
  ((): k8s.RollingUpdateDeployment => ({ maxSurge: 1 }))(),
];

it('is checked by the compiler, not by running it', () => {
  expect(refused).toBeInstanceOf(Function);
});
