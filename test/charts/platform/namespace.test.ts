import { environments } from '../../../charts/environments';
import { production } from '../../../charts/environments/production';
import { bytes, millicores } from '../../../tools/parse/quantity';
import { type Rendered, render } from '../../support/rendered';

describe.each(environments)('the namespace of $name', (environment) => {
  const rendered = render(environment);

  it('comes first of all files', () => {
    expect(Object.keys(rendered.files).sort()[0]).toBe('platform/00-namespace.yaml');
    expect(rendered.files['platform/00-namespace.yaml']?.[0]).toMatchObject({
      kind: 'Namespace',
      metadata: { name: 'chat' },
    });
  });

  it('enforces, audits and warns by the restricted profile of the cluster’s minor', () => {
    const { labels } = rendered.object('Namespace', 'chat').metadata;
    for (const mode of ['enforce', 'audit', 'warn']) {
      expect(labels[`pod-security.kubernetes.io/${mode}`]).toBe('restricted');
      expect(labels[`pod-security.kubernetes.io/${mode}-version`]).toBe('v1.36');
    }
  });

  it('survives an uninstall: its claims hold the data', () => {
    expect(rendered.object('Namespace', 'chat').metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
  });

  it('gives a container that says nothing a limit, a request and bounds', () => {
    const [limits] = rendered.object('LimitRange', 'chat').spec.limits;
    expect(limits.type).toBe('Container');
    for (const field of ['default', 'defaultRequest', 'min', 'max']) {
      expect(Object.keys(limits[field]).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
    }
  });

  it('has room for every pod at the autoscaler’s maximum, while all of them roll', () => {
    const { hard } = rendered.object('ResourceQuota', 'chat').spec;
    const needed = rendered.pods.map(({ controller, template }) => ({
      pods: mostPods(rendered.objects, controller),
      ...template.spec.containers[0].resources,
    }));
    const sum = (kind: 'requests' | 'limits', resource: string, amount: (quantity: string) => number | undefined) =>
      needed.reduce((total, need) => total + need.pods * (amount(need[kind][resource]) ?? Number.NaN), 0);
    for (const kind of ['requests', 'limits'] as const) {
      expect(sum(kind, 'cpu', millicores)).toBeLessThanOrEqual(millicores(hard[`${kind}.cpu`]) ?? 0);
      expect(sum(kind, 'memory', bytes)).toBeLessThanOrEqual(bytes(hard[`${kind}.memory`]) ?? 0);
      expect(sum(kind, 'ephemeral-storage', bytes)).toBeLessThanOrEqual(bytes(hard[`${kind}.ephemeral-storage`]) ?? 0);
    }
    expect(needed.reduce((total, { pods }) => total + pods, 0)).toBeLessThanOrEqual(Number(hard.pods));
  });
});

describe('the quota', () => {
  it('says what the environment says', () => {
    expect(render(production).object('ResourceQuota', 'chat').spec.hard).toEqual({
      'requests.cpu': '9',
      'limits.cpu': '10',
      'requests.memory': '10Gi',
      'limits.memory': '12Gi',
      'requests.ephemeral-storage': '8Gi',
      'limits.ephemeral-storage': '8Gi',
      'requests.storage': '50Gi',
      pods: '40',
    });
  });
});

/** The most pods that a controller ever has: the autoscaler's maximum and the surge of a rollout. */
function mostPods(objects: readonly Rendered[], controller: Rendered): number {
  const autoscaler = objects.find(
    ({ kind, spec }) => kind === 'HorizontalPodAutoscaler' && spec.scaleTargetRef.name === controller.metadata.name,
  );
  const pods: number = autoscaler?.spec.maxReplicas ?? controller.spec.replicas;
  const surge = String(controller.spec.strategy?.rollingUpdate.maxSurge ?? 0);
  return pods + (surge.endsWith('%') ? Math.ceil((pods * Number.parseInt(surge, 10)) / 100) : Number(surge));
}
