import { capacityOf, containerDefaults, resourcesOf, showAmount, times } from '../../../tools/manifests/capacity';
import { podTemplateOf } from '../../../tools/manifests/pods';
import { setOf } from '../check/judged';
import { autoscaler, daemonSet, deployment, job, object, statefulSet, within } from '../check/references/samples';

const cpu = (amount: string | number) => ({ resources: { requests: { cpu: amount } } });
const sidecar = (amount: string) => ({ ...cpu(amount), restartPolicy: 'Always' });

function cores(pod: object): number {
  const template = podTemplateOf(deployment('chat', pod));
  if (!template) throw new Error('the sample makes no pods');
  return resourcesOf(template, 'requests').cpu;
}

describe('what a pod asks for', () => {
  it.each([
    ['the sum of what runs beside each other', { containers: [cpu('100m'), cpu('0.2'), cpu(1)] }, 1.3],
    ['not what ends before, where that is less', { containers: [cpu('2')], initContainers: [cpu('1')] }, 2],
    ['what ends before, where that is more', { containers: [cpu('1')], initContainers: [cpu('3'), cpu('2')] }, 3],
    ['a sidecar with what it stands beside', { containers: [cpu('1')], initContainers: [sidecar('2')] }, 3],
    ['a sidecar with what comes after it', { containers: [cpu('1')], initContainers: [sidecar('2'), cpu('3')] }, 5],
    ['a sidecar not with what came before it', { containers: [cpu('1')], initContainers: [cpu('3'), sidecar('2')] }, 3],
    ['nothing where nothing is said', { containers: [{}] }, 0],
    ['nothing for what is no quantity, which the schema reports', { containers: [cpu('much')] }, 0],
  ])('is %s', (_, pod, expected) => {
    expect(cores(pod)).toBe(expected);
  });

  it('is its limit where it does not say, as the API server fills it in; a limit is never a request', () => {
    const template = podTemplateOf(
      deployment('chat', { containers: [{ resources: { limits: { cpu: '2' }, requests: { memory: '1Ki' } } }] }),
    );
    const read = template && (['requests', 'limits'] as const).map((which) => resourcesOf(template, which));
    expect(read).toEqual([
      { cpu: 2, memory: 1024, ephemeralStorage: 0 },
      { cpu: 2, memory: 0, ephemeralStorage: 0 },
    ]);
  });
});

describe('a LimitRange', () => {
  const range = (fields: object) =>
    object('v1', 'LimitRange', 'room', { spec: { limits: [{ type: 'Container', ...fields }] } });
  const askedOf = (range: object, resources: object = {}) => {
    const pod = podTemplateOf(deployment('chat', { containers: [{ resources }] }));
    const defaults = containerDefaults(setOf([range]));
    return pod && (['requests', 'limits'] as const).map((which) => resourcesOf(pod, which, defaults).cpu);
  };

  it.each([
    ['its defaults', { default: { cpu: '2' }, defaultRequest: { cpu: '1' } }, {}, [1, 2]],
    ['the limit as the request, where it has none', { default: { cpu: '2' } }, {}, [2, 2]],
    ['the greatest as the limit, where it has none', { max: { cpu: '3' }, defaultRequest: { cpu: '1' } }, {}, [1, 3]],
    ['the least as the request, where it has nothing else', { min: { cpu: '1' } }, {}, [1, 0]],
    ['its default before the greatest', { max: { cpu: '3' }, default: { cpu: '2' } }, {}, [2, 2]],
    ['the limit as the request before the least', { min: { cpu: '1' }, default: { cpu: '2' } }, {}, [2, 2]],
    [
      'nothing to who says it himself',
      { default: { cpu: '2' }, defaultRequest: { cpu: '1' } },
      { requests: { cpu: '3' }, limits: { cpu: '4' } },
      [3, 4],
    ],
    ['no request to who gives a limit', { defaultRequest: { cpu: '1' } }, { limits: { cpu: '4' } }, [4, 4]],
    ['nothing to pods', { type: 'Pod', default: { cpu: '2' } }, {}, [0, 0]],
  ])('gives %s', (_, fields, resources, expected) => {
    expect(askedOf(range(fields), resources)).toEqual(expected);
  });

  it('gives nothing in another namespace', () => {
    expect(askedOf(within('other', range({ default: { cpu: '2' } })))).toEqual([0, 0]);
  });

  it('counts in what the namespace comes to', () => {
    const set = setOf([range({ default: { cpu: '2' } }), deployment('chat', {}, { replicas: 3 })]);
    expect(capacityOf(set)).toMatchObject({ requests: { cpu: 8 }, limits: { cpu: 8 } });
  });
});

describe('what a set may come to use', () => {
  const pod = {
    containers: [
      { resources: { requests: { cpu: '100m', memory: '1Mi' }, limits: { cpu: '1', 'ephemeral-storage': '1Gi' } } },
    ],
  };

  it('is every pod at its maximum and surge', () => {
    expect(capacityOf(setOf([deployment('chat', pod), autoscaler('chat', { maxReplicas: 2 })]))).toEqual({
      pods: 3,
      requests: { cpu: 0.3, memory: 3 * 2 ** 20, ephemeralStorage: 3 * 2 ** 30 },
      limits: { cpu: 3, memory: 0, ephemeralStorage: 3 * 2 ** 30 },
      storage: 0,
    });
  });

  it('is exact in millicores: three times 100m and 200m are half a core, not a hair more', () => {
    const sum = setOf([job('a', pod, { parallelism: 3 }), job('b', { containers: [cpu('200m')] })]);
    expect(capacityOf(sum).requests.cpu).toBe(0.5);
  });

  it('is that of one namespace, where one is named', () => {
    const set = setOf([
      job('a', pod),
      within('other', job('a', pod)),
      within(
        'other',
        object('v1', 'PersistentVolumeClaim', 'c', { spec: { resources: { requests: { storage: '1Ki' } } } }),
      ),
    ]);
    expect(
      [capacityOf(set), capacityOf(set, 'shop'), capacityOf(set, 'other')].map(({ pods, storage }) => [pods, storage]),
    ).toEqual([
      [2, 1024],
      [1, 0],
      [1, 1024],
    ]);
  });

  it('has the claims of a StatefulSet once for each pod, at the maximum', () => {
    const templates = [{ spec: { resources: { requests: { storage: '2Ki' } } } }, { spec: {} }];
    const scaled = autoscaler('db', { maxReplicas: 5, scaleTargetRef: { kind: 'StatefulSet', name: 'db' } });
    expect(capacityOf(setOf([statefulSet('db', {}, { volumeClaimTemplates: templates }), scaled])).storage).toBe(
      5 * 2048,
    );
  });

  it('has no claims of a StatefulSet without any', () => {
    expect(capacityOf(setOf([statefulSet('db')])).storage).toBe(0);
  });

  it('knows no claims of other kinds', () => {
    const templates = [{ spec: { resources: { requests: { storage: '2Ki' } } } }];
    expect(capacityOf(setOf([deployment('db', {}, { volumeClaimTemplates: templates })])).storage).toBe(0);
  });

  it('has a DaemonSet as often as the caller says, and once where he does not', () => {
    const set = setOf([daemonSet('agent', pod), job('one')]);
    expect([capacityOf(set).pods, capacityOf(set, undefined, () => 4).pods]).toEqual([2, 5]);
  });
});

describe('an amount', () => {
  it.each([
    ['cores', 0, '0'],
    ['cores', 0.25, '250m'],
    ['cores', 1, '1'],
    ['cores', 1.5, '1.5'],
    ['cores', -0.5, '-500m'],
    ['cores', -2, '-2'],
    ['bytes', 0, '0'],
    ['bytes', 1023, '1023'],
    ['bytes', 1024, '1Ki'],
    ['bytes', 1.5 * 2 ** 30, '1.5Gi'],
    ['bytes', 2 ** 40, '1Ti'],
    ['bytes', 2 ** 60, '1024Pi'],
    ['bytes', -(2 ** 20), '-1Mi'],
    ['bytes', 10.55 * 2 ** 30, '10.55Gi'],
  ] as const)('of %s %d is shown as %s', (unit, value, shown) => {
    expect(showAmount(unit, value)).toBe(shown);
  });

  it('is rounded up: who gives what a message says gives enough', () => {
    expect([showAmount('bytes', 10 * 2 ** 30 + 1), showAmount('cores', 9.121)]).toEqual(['10.01Gi', '9.13']);
  });

  it('is multiplied field by field', () => {
    expect(times({ cpu: 0.1, memory: 2, ephemeralStorage: 3 }, 3)).toEqual({
      cpu: 0.3,
      memory: 6,
      ephemeralStorage: 9,
    });
  });
});
