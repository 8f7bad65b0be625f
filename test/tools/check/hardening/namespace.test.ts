import { type Change, findingsAfter, rulesAfter, table } from './hardened';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

describe('hardening/pod-security', () => {
  it.each(
    table({
      'a namespace that enforces nothing': ({ the }) => delete the('Namespace').metadata.labels,
      'a namespace that only warns': ({ the }) =>
        Object.assign(the('Namespace').metadata, { labels: { 'pod-security.kubernetes.io/warn': 'restricted' } }),
      'a namespace that enforces less': ({ the }) =>
        Object.assign(the('Namespace').metadata.labels, { [ENFORCE]: 'baseline' }),
    }),
  )('finds $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(['hardening/pod-security']);
  });
});

describe('hardening/fences', () => {
  const without =
    (kind: string): Change =>
    ({ objects, the }) => {
      objects.splice(objects.indexOf(the(kind)), 1);
    };

  it.each(
    table({
      'a namespace without a quota': without('ResourceQuota'),
      'a namespace without default limits': without('LimitRange'),
      'a quota of another namespace': ({ the }) => Object.assign(the('ResourceQuota').metadata, { namespace: 'other' }),
      'a quota of some pods': ({ the }) => Object.assign(the('ResourceQuota').spec, { scopes: ['BestEffort'] }),
      'a quota of one priority': ({ the }) =>
        Object.assign(the('ResourceQuota').spec, { scopeSelector: { matchExpressions: [] } }),
      'a quota of nothing': ({ the }) => Object.assign(the('ResourceQuota'), { spec: {} }),
      'limits of nothing': ({ the }) => Object.assign(the('LimitRange'), { spec: {} }),
      'a quota without limits': ({ the }) => delete the('ResourceQuota').spec.hard['limits.memory'],
      'a quota that limits no CPU': ({ the }) => delete the('ResourceQuota').spec.hard['limits.cpu'],
      'a quota that requests no memory': ({ the }) => delete the('ResourceQuota').spec.hard['requests.memory'],
      'a quota that requests no CPU': ({ the }) => delete the('ResourceQuota').spec.hard['requests.cpu'],
      'default limits of claims': ({ the }) =>
        Object.assign(the('LimitRange').spec.limits[0], { type: 'PersistentVolumeClaim' }),
      'no default limit of CPU': ({ the }) => delete the('LimitRange').spec.limits[0].default.cpu,
      'no default limit of memory': ({ the }) => delete the('LimitRange').spec.limits[0].default.memory,
    }),
  )('finds $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(['hardening/fences']);
  });

  it('says what is not bounded', () => {
    const [finding] = findingsAfter(({ the }) => delete the('ResourceQuota').spec.hard['limits.memory']);
    expect(finding?.wrong).toBe('no ResourceQuota bounds limits.memory here');
  });

  it.each(
    table({
      'a namespace that runs no pods': ({ objects }) =>
        objects.push({
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { name: 'empty', labels: { [ENFORCE]: 'restricted' } },
        }),
      'a quota by its short names': ({ the }) => {
        the('ResourceQuota').spec.hard = { cpu: '1', memory: '1Gi', 'limits.cpu': '1', 'limits.memory': '1Gi' };
      },
      'a quota in two objects': ({ objects, the }) => {
        const { hard } = the('ResourceQuota').spec;
        delete hard['limits.cpu'];
        objects.push({ ...the('ResourceQuota'), spec: { hard: { 'limits.cpu': '4' } } });
      },
      'the most as the default': ({ the }) => {
        the('LimitRange').spec.limits = [{ type: 'Container', max: { cpu: '1', memory: '1Gi' } }];
      },
    }),
  )('lets $title pass', ({ change }) => {
    expect(rulesAfter(change)).toEqual([]);
  });
});
