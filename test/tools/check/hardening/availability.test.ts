import { type Change, type Hardened, rulesAfter, table } from './hardened';

const both =
  (first: Change, second: Change): Change =>
  (objects) => {
    first(objects);
    second(objects);
  };
const once: Change = ({ the }) => Object.assign(the('Deployment').spec, { replicas: 1 });
const unscaled: Change = ({ the }) => delete the('Deployment').spec.replicas;
const scaled = (target: object): Change =>
  both(unscaled, ({ objects }) =>
    objects.push({
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, ...target },
    }),
  );
const unspread: Change = ({ pod }) => delete pod.spec.topologySpreadConstraints;
const withAffinity = (podAntiAffinity: object): Change =>
  both(unspread, ({ pod }) => Object.assign(pod.spec, { affinity: { podAntiAffinity } }));
const term = (app: string) => ({ topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app } } });
const asDaemon: Change = ({ the }) => Object.assign(the('Deployment'), { kind: 'DaemonSet' });
const unbudgeted: Change = ({ objects }) => objects.pop();

describe('hardening/spread', () => {
  it.each(
    table({
      'two replicas that nothing spreads': unspread,
      'replicas of an autoscaler that nothing spreads': both(scaled({}), unspread),
      'a constraint that chooses other pods': ({ pod }) =>
        Object.assign(pod.spec.topologySpreadConstraints[0], { labelSelector: { matchLabels: { app: 'other' } } }),
      'a constraint that chooses none': ({ pod }) => delete pod.spec.topologySpreadConstraints[0].labelSelector,
      'affinity that keeps from other pods': withAffinity({
        requiredDuringSchedulingIgnoredDuringExecution: [term('other')],
      }),
    }),
  )('finds $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(['hardening/spread']);
  });

  it.each(
    table({
      'affinity that is required': withAffinity({ requiredDuringSchedulingIgnoredDuringExecution: [term('web')] }),
      'affinity that is preferred': withAffinity({
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term('web') }],
      }),
      'one replica': both(once, unspread),
      'an unnamed number, which is one': both(unscaled, unspread),
      'an autoscaler that stays at one': both(scaled({ maxReplicas: 1 }), unspread),
      'an autoscaler of something else': both(
        scaled({ scaleTargetRef: { kind: 'Deployment', name: 'other' } }),
        unspread,
      ),
      'a pod on each node': both(asDaemon, unspread),
    }),
  )('lets $title pass', ({ change }) => {
    expect(rulesAfter(change)).toEqual([]);
  });
});

describe('a replicated workload', () => {
  it.each([
    ['apps/v1', 'Deployment'],
    ['apps/v1', 'StatefulSet'],
    ['apps/v1', 'ReplicaSet'],
    ['v1', 'ReplicationController'],
  ])('may be, of %s, a %s', (apiVersion, kind) => {
    const change = both(unspread, ({ the }) => Object.assign(the('Deployment'), { apiVersion, kind }));
    expect(rulesAfter(change)).toEqual(['hardening/spread']);
  });
});

describe('hardening/budget', () => {
  it.each(
    table({
      'two replicas without a budget': unbudgeted,
      'a budget of other pods': ({ the }) =>
        Object.assign(the('PodDisruptionBudget').spec, { selector: { matchLabels: { app: 'other' } } }),
      'a budget of another namespace': ({ the }) =>
        Object.assign(the('PodDisruptionBudget').metadata, { namespace: 'other' }),
      'a budget that asks for more labels': ({ the }) =>
        Object.assign(the('PodDisruptionBudget').spec.selector.matchLabels, { tier: 'front' }),
      'a budget without a selector': ({ the }) => delete the('PodDisruptionBudget').spec.selector,
    }),
  )('finds $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(['hardening/budget']);
  });

  it.each(
    table({
      'a budget by expression': ({ the }) =>
        Object.assign(the('PodDisruptionBudget').spec, {
          selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
        }),
      'a budget of the whole namespace': ({ the }) => Object.assign(the('PodDisruptionBudget').spec, { selector: {} }),
      'one replica': both(once, unbudgeted),
    }),
  )('lets $title pass', ({ change }) => {
    expect(rulesAfter(change)).toEqual([]);
  });

  it('finds the right one among several of one label', () => {
    const change = ({ objects, the }: Hardened) => {
      const other = structuredClone(the('PodDisruptionBudget'));
      other.spec.selector.matchExpressions = [{ key: 'tier', operator: 'Exists' }];
      objects.push(other);
    };
    expect(rulesAfter(change)).toEqual([]);
  });
});

describe('hardening/rollout', () => {
  const recreate: Change = ({ the }) => Object.assign(the('Deployment').spec, { strategy: { type: 'Recreate' } });

  it('finds replicas that all end before the first new one starts', () => {
    expect(rulesAfter(recreate)).toEqual(['hardening/rollout']);
  });

  it('lets Recreate pass where there is one replica', () => {
    expect(rulesAfter(both(once, recreate))).toEqual([]);
  });
});
