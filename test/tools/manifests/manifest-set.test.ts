import * as fc from 'fast-check';
import { selects } from '../../../tools/manifests/selectors';
import { setOf } from '../check/judged';
import { clusterWide, configMap, deployment, object, service, template, within } from '../check/references/samples';

const chat = deployment('chat');

describe('a set of manifests', () => {
  it('has its objects by kind, in their order', () => {
    const set = setOf([service('b'), configMap('x'), service('a')]);
    expect(set.all('Service').map(({ metadata }) => metadata.name)).toEqual(['b', 'a']);
    expect(set.all('Ingress')).toEqual([]);
  });

  it('does not take the kind of another group for its own', () => {
    const knative = object('serving.knative.dev/v1', 'Service', 'site');
    expect(setOf([knative]).all('Service')).toEqual([]);
    expect(setOf([knative]).find('Service', 'shop', 'site')).toBeUndefined();
  });

  it('takes every version of a group for one', () => {
    expect(
      setOf([object('autoscaling/v1', 'HorizontalPodAutoscaler', 'a')]).all('HorizontalPodAutoscaler'),
    ).toHaveLength(1);
  });

  it('finds an object by kind, namespace and name', () => {
    const set = setOf([chat, within('other', chat)]);
    expect(set.find('Deployment', 'shop', 'chat')).toBe(chat);
    expect(set.find('Deployment', 'shop', 'redis')).toBeUndefined();
    expect(set.find('StatefulSet', 'shop', 'chat')).toBeUndefined();
    expect(set.find('Deployment', 'gone', 'chat')).toBeUndefined();
  });

  it('finds what has no namespace in `default`, and what is of the cluster in none', () => {
    const set = setOf([clusterWide('v1', 'ConfigMap', 'a'), clusterWide('v1', 'Namespace', 'shop')]);
    expect(set.find('ConfigMap', 'default', 'a')).toBeDefined();
    expect(set.find('Namespace', '', 'shop')).toBeDefined();
  });

  it('names what a namespace has of a kind', () => {
    const set = setOf([service('b'), service('a'), within('other', service('c')), configMap('d')]);
    expect(set.namesOf('Service', 'shop')).toEqual(['b', 'a']);
  });

  it('knows where an object was found, and that another one was not', () => {
    const set = setOf([service('a'), chat]);
    expect(set.entryOf(chat as never)).toMatchObject({ file: 'test.yaml', document: 1 });
    expect(set.entryOf({ ...chat } as never)).toBeUndefined();
  });

  it('keeps the last of several objects with one identity, as kubectl apply would', () => {
    const [first, last] = [configMap('a', { x: '1' }), configMap('a', { x: '2' })];
    const known = setOf([first, last, within('other', first)]).byIdentity();
    expect([...known.values()]).toEqual([last, within('other', first)]);
  });
});

describe('pods that a selector chooses', () => {
  const pods = setOf([
    chat,
    deployment('redis'),
    within('other', chat),
    deployment('bare', {}, { template: template('bare', {}, {}) }),
  ]);
  const chosen = (namespace: string, selector: object) =>
    pods.podsChosen(namespace, selector).map(({ owner }) => owner.metadata.name);

  it('are those of the namespace', () => {
    expect(chosen('shop', {})).toEqual(['chat', 'redis', 'bare']);
    expect(chosen('other', {})).toEqual(['chat']);
    expect(chosen('gone', {})).toEqual([]);
  });

  it('are those with its labels', () => {
    expect(chosen('shop', { matchLabels: { app: 'redis' } })).toEqual(['redis']);
    expect(chosen('shop', { matchLabels: { app: 'gone' } })).toEqual([]);
  });

  it('carry labels, each told once, however often one asks', () => {
    const all = setOf([
      chat,
      within('other', deployment('redis')),
      deployment('more', {}, { template: template('chat') }),
    ]);
    expect([all.labelsIn('shop'), all.labelsIn('shop'), all.labelsIn('other')]).toEqual([
      ['app=chat'],
      ['app=chat'],
      ['app=redis'],
    ]);
  });

  it('are the same as one would find by looking at each', () => {
    const pair = fc.record({ key: fc.constantFrom('a', 'b'), value: fc.constantFrom('1', '2', 'a=1') });
    const labels = fc
      .array(pair, { maxLength: 2 })
      .map((all) => Object.fromEntries(all.map(({ key, value }) => [key, value])));
    const workload = fc.record({ namespace: fc.constantFrom('x', 'x/a'), labels });
    fc.assert(
      fc.property(fc.array(workload), fc.constantFrom('x', 'x/a'), labels, (workloads, namespace, matchLabels) => {
        const set = setOf(
          workloads
            .map(({ labels }, index) => deployment(String(index), {}, { template: template('', {}, labels) }))
            .map((each, index) => within(workloads[index]?.namespace ?? '', each)),
        );
        const slow = set.pods.filter((pod) => pod.namespace === namespace && selects({ matchLabels }, pod.labels));
        expect(set.podsChosen(namespace, { matchLabels })).toEqual(slow);
      }),
    );
  });
});
