import * as fc from 'fast-check';
import { compareManifests, compareText, identity, type Manifest } from '../../../tools/render/order';

/** Kinds that live in a namespace or name something, with what has to be there before them. */
const NEEDS: readonly (readonly [kind: string, needs: string])[] = [
  ['ResourceQuota', 'Namespace'],
  ['LimitRange', 'Namespace'],
  ['PersistentVolume', 'StorageClass'],
  ['ServiceAccount', 'Namespace'],
  ['Role', 'Namespace'],
  ['RoleBinding', 'Role'],
  ['RoleBinding', 'ServiceAccount'],
  ['RoleBinding', 'ClusterRole'],
  ['ClusterRoleBinding', 'ClusterRole'],
  ['NetworkPolicy', 'Namespace'],
  ['Deployment', 'NetworkPolicy'],
  ['StatefulSet', 'NetworkPolicy'],
  ['Deployment', 'ResourceQuota'],
  ['StatefulSet', 'LimitRange'],
  ['Deployment', 'ServiceAccount'],
  ['Deployment', 'ConfigMap'],
  ['Deployment', 'PersistentVolumeClaim'],
  ['PersistentVolumeClaim', 'PersistentVolume'],
  ['StatefulSet', 'Service'],
  ['StatefulSet', 'ConfigMap'],
  ['StatefulSet', 'StorageClass'],
  ['Job', 'ConfigMap'],
  ['Job', 'StatefulSet'],
  ['CronJob', 'ConfigMap'],
  ['HorizontalPodAutoscaler', 'Deployment'],
  ['PodDisruptionBudget', 'Deployment'],
  ['Ingress', 'Service'],
  ['IPAddressPool', 'CustomResourceDefinition'],
];

const object = (kind: string, name = 'chat', apiVersion = 'v1', namespace?: string): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace !== undefined && { namespace }) },
});

const sorted = (manifests: readonly Manifest[]): Manifest[] => [...manifests].sort(compareManifests);

const manifest: fc.Arbitrary<Manifest> = fc
  .record({
    kind: fc.constantFrom('Namespace', 'Service', 'Deployment', 'Ingress', 'Widget', 'Gadget'),
    apiVersion: fc.constantFrom('v1', 'apps/v1', 'apps/v1beta1', 'example.com/v1'),
    namespace: fc.option(fc.constantFrom('a', 'b', 'A'), { nil: undefined }),
    name: fc.constantFrom('a', 'B', 'c', 'ä'),
  })
  .map(({ kind, name, apiVersion, namespace }) => object(kind, name, apiVersion, namespace));

describe('the order of manifests', () => {
  it.each(NEEDS)(
    'puts a %s behind every %s: an API server that is fed from the top refuses it otherwise',
    (kind, needs) => {
      expect(sorted([object(kind, 'a'), object(needs, 'z')]).map((each) => each.kind)).toEqual([needs, kind]);
    },
  );

  it.each([...new Set(NEEDS.flat())].filter((kind) => kind !== 'IPAddressPool'))(
    'puts a %s before kinds that it does not know: they are custom resources, which build on everything else',
    (kind) => {
      expect(sorted([object('AddressPool'), object(kind)]).map((each) => each.kind)).toEqual([kind, 'AddressPool']);
    },
  );

  it('within one kind is that of group, namespace and name', () => {
    const [core, apps, inA, second] = [
      object('Service', 'z', 'v1', 'z'),
      object('Service', 'a', 'apps/v1', 'a'),
      object('Service', 'y', 'apps/v1', 'a'),
      object('Service', 'a', 'apps/v1', 'b'),
    ] as const;
    expect(sorted([second, inA, apps, core])).toEqual([core, apps, inA, second]);
  });

  it('is the same whatever the order in which the charts made the objects', () => {
    const shuffled = fc
      .uniqueArray(manifest, { selector: identity })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(shuffled, ([manifests, permutation]) => {
        expect(sorted(permutation)).toEqual(sorted(manifests));
      }),
    );
  });

  it('is antisymmetric: swapped arguments swap the answer', () => {
    fc.assert(
      fc.property(manifest, manifest, (a, b) => {
        expect(Math.sign(compareManifests(a, b)) + Math.sign(compareManifests(b, a))).toBe(0);
      }),
    );
  });

  it('is transitive', () => {
    fc.assert(
      fc.property(manifest, manifest, manifest, (a, b, c) => {
        fc.pre(compareManifests(a, b) <= 0 && compareManifests(b, c) <= 0);
        expect(compareManifests(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it('calls two objects equal exactly where they are one and the same', () => {
    fc.assert(
      fc.property(manifest, manifest, (a, b) => {
        expect(compareManifests(a, b) === 0).toBe(identity(a) === identity(b));
      }),
    );
  });
});

describe('the identity of an object', () => {
  it('ignores the version: a Deployment stays the same one when its API is promoted', () => {
    expect(identity(object('Deployment', 'chat', 'apps/v1'))).toBe(
      identity(object('Deployment', 'chat', 'apps/v1beta1')),
    );
  });

  it('ignores the version where there is no group', () => {
    expect(identity(object('Service', 'chat', 'v1'))).toBe(identity(object('Service', 'chat', 'v2')));
  });

  it.each([
    ['kind', object('Secret', 'chat', 'v1', 'a')],
    ['group', object('Service', 'chat', 'serving.knative.dev/v1', 'a')],
    ['namespace', object('Service', 'chat', 'v1', 'b')],
    ['absence of a namespace', object('Service', 'chat', 'v1')],
    ['name', object('Service', 'hello', 'v1', 'a')],
  ])('knows two objects apart by their %s', (_, other) => {
    expect(identity(other)).not.toBe(identity(object('Service', 'chat', 'v1', 'a')));
  });

  it('reads in a message as kind, group, namespace and name', () => {
    expect(identity(object('Deployment', 'chat', 'apps/v1', 'lab'))).toBe('Deployment/apps/lab/chat');
  });
});

describe('the order of texts', () => {
  it('is that of code points, upper case first, on every machine', () => {
    expect(['b', 'ä', 'a', 'B', 'Z', '10', '2'].sort(compareText)).toEqual(['10', '2', 'B', 'Z', 'a', 'b', 'ä']);
  });

  it('says 0 for equal ones only', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => expect(compareText(a, b) === 0).toBe(a === b)));
  });
});
