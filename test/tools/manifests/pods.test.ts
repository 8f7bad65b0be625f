import { containersOf, podTemplateOf, valueAt } from '../../../tools/manifests/pods';
import { cronJob, daemonSet, deployment, job, object, statefulSet, template } from '../check/references/samples';

describe('the pods of an object', () => {
  const below = { spec: { template: template('a') } };

  it.each([
    ['a Deployment', deployment('a'), ['spec', 'template']],
    ['a StatefulSet', statefulSet('a'), ['spec', 'template']],
    ['a DaemonSet', daemonSet('a'), ['spec', 'template']],
    ['a ReplicaSet', object('apps/v1', 'ReplicaSet', 'a', below), ['spec', 'template']],
    ['a ReplicationController', object('v1', 'ReplicationController', 'a', below), ['spec', 'template']],
    ['a Job', job('a'), ['spec', 'template']],
    ['a CronJob', cronJob('a'), ['spec', 'jobTemplate', 'spec', 'template']],
  ])('stand where %s has its template', (_, owner, path) => {
    const pod = podTemplateOf(owner);
    expect(pod).toMatchObject({ owner, namespace: 'shop', labels: { app: 'a' }, annotations: {}, path });
    expect(pod?.spec.containers[0]?.image).toBe('sample');
  });

  it('are a Pod itself', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', labels: { x: '1' }, annotations: { y: '2' } },
      spec: { containers: [] },
    };
    expect(podTemplateOf(pod)).toEqual({
      owner: pod,
      namespace: 'default',
      labels: { x: '1' },
      annotations: { y: '2' },
      spec: pod.spec,
      path: [],
    });
  });

  it.each([
    ['what makes none', object('v1', 'Service', 'a', below)],
    ["another group's Deployment", object('example.com/v1', 'Deployment', 'a', below)],
    ['a Deployment without a template', object('apps/v1', 'Deployment', 'a', { spec: {} })],
    ['a Deployment without a spec', object('apps/v1', 'Deployment', 'a')],
    [
      'a Deployment whose containers are no list',
      object('apps/v1', 'Deployment', 'a', { spec: { template: { spec: { containers: {} } } } }),
    ],
    ['a kind that every object inherits', object('v1', 'constructor', 'a', below)],
  ])('are none for %s', (_, owner) => {
    expect(podTemplateOf(owner)).toBeUndefined();
  });

  it('need no metadata', () => {
    expect(
      podTemplateOf(object('apps/v1', 'Deployment', 'a', { spec: { template: { spec: { containers: [] } } } })),
    ).toMatchObject({ labels: {}, annotations: {} });
  });
});

describe('the containers of a pod', () => {
  it('are told apart by what they do, each with its place', () => {
    const pod = podTemplateOf(
      deployment('a', {
        containers: [{ name: 'main', restartPolicy: 'Always' }],
        initContainers: [{ name: 'first' }, { name: 'proxy', restartPolicy: 'Always' }],
      }),
    );
    expect(pod && containersOf(pod).map(({ container, role, path }) => [container.name, role, path.join('.')])).toEqual(
      [
        ['main', 'main', 'spec.template.spec.containers.0'],
        ['first', 'init', 'spec.template.spec.initContainers.0'],
        ['proxy', 'sidecar', 'spec.template.spec.initContainers.1'],
      ],
    );
  });
});

describe('what stands at a path', () => {
  it.each([
    [[], { a: [{ b: 0 }] }],
    [['a', 0, 'b'], 0],
    [['a', 1, 'b'], undefined],
    [['x', 'y', 'z'], undefined],
  ])('%j is %j', (path, expected) => {
    expect(valueAt({ a: [{ b: 0 }] }, path)).toEqual(expected);
  });

  it('of nothing is nothing', () => {
    expect([valueAt(undefined, ['a']), valueAt({ a: null }, ['a', 'b'])]).toEqual([undefined, undefined]);
  });
});
