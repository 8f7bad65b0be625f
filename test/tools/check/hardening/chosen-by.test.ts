import { chosenBy } from '../../../../tools/check/hardening/chosen-by';
import type { PodTemplate } from '../../../../tools/manifests/pods';

const service = (name: string, matchLabels: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  selector: { matchLabels },
});

const pod = (labels: Record<string, string>): PodTemplate => ({
  owner: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop' } },
  namespace: 'shop',
  labels,
  annotations: {},
  spec: { containers: [] },
  path: [],
});

describe('chosenBy', () => {
  it('finds all objects that choose the same label', () => {
    const services = [service('one', { app: 'web' }), service('two', { app: 'web' })];
    const chosen = chosenBy(services, ({ selector }) => selector)(pod({ app: 'web' }));
    expect(chosen.map(({ metadata }) => metadata.name)).toEqual(['one', 'two']);
  });

  it('asks only objects that share a label with the pod, so that the work grows with the objects', () => {
    let asked = 0;
    const services = Array.from({ length: 1000 }, (_, number) => ({
      ...service(`service-${number}`, {}),
      selector: {
        matchLabels: { app: `app-${number}` },
        get matchExpressions() {
          asked += 1;
          return [];
        },
      },
    }));
    const chosen = chosenBy(services, ({ selector }) => selector)(pod({ app: 'app-7', tier: 'front' }));
    expect(chosen.map(({ metadata }) => metadata.name)).toEqual(['service-7']);
    expect(asked).toBe(1);
  });
});
