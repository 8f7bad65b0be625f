import { emptyServices, readyEndpoints, type Slice } from '../../../../tools/deploy/rollout/endpoints';
import type { Manifest } from '../../../../tools/render/order';
import { rendered, seen, workload } from './objects';

const service = (selector?: object): Manifest =>
  ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec: { selector } }) as Manifest;
const slice = (...ready: (boolean | undefined)[]): Slice => ({
  metadata: { labels: { 'kubernetes.io/service-name': 'web' } } as unknown as Slice['metadata'],
  endpoints: ready.map((one) => ({ addresses: ['10.0.0.1'], conditions: { ready: one } })),
});
const web = (replicas: number) =>
  seen('web', {
    object: rendered('Deployment', 'web', {
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [] } },
    }),
    live: workload('Deployment', 'web', { replicas }, {}),
  });

it('endpoints count that are ready, or of which nothing is said, in every slice of the Service', () => {
  expect(readyEndpoints('web', [slice(true, false), slice(undefined)])).toBe(2);
  expect(readyEndpoints('other', [slice(true)])).toBe(0);
});

describe('a Service leads nowhere', () => {
  const fault = 'Service web: has no ready endpoint; expected one at least';

  it.each([
    ['none of its pods is ready', [service({ app: 'web' })], [slice(false)], [fault]],
    ['it has no slice', [service({ app: 'web' })], [], [fault]],
    ['it chooses pods of nobody', [service({ app: 'other' })], [], [fault]],
    ['not while one is ready', [service({ app: 'web' })], [slice(false, true)], []],
    ['not where somebody else fills it', [service()], [], []],
  ])('%s', (_, objects, slices, faults) => {
    expect(emptyServices(objects, [web(3)], slices)).toEqual(faults);
  });

  it('and should, where its workload is scaled to nothing', () => {
    expect(emptyServices([service({ app: 'web' })], [web(0)], [])).toEqual([]);
  });
});
