import type { Bundle } from '../../../../tools/deploy/bundle';
import { ManifestSet } from '../../../../tools/manifests/manifest-set';
import type { Inventory } from '../../../../tools/render/inventory';
import type { Manifest } from '../../../../tools/render/order';

const setOf = (objects: readonly Manifest[]): ManifestSet =>
  new ManifestSet(objects.map((manifest) => ({ manifest, file: 'x.yaml', document: 0, path: [] })));

/** An environment `lab` that holds these objects, and nothing of anybody's samples beside them. */
export const bundleOf = (
  workloads: readonly Manifest[],
  { platform = [], ...facts }: Partial<Inventory> & { readonly platform?: readonly Manifest[] } = {},
): Bundle => ({
  environment: 'lab',
  namespace: 'chat',
  folder: '/nowhere',
  hash: 'h',
  files: new Map(),
  platform: setOf(platform),
  workloads: setOf(workloads),
  inventory: {
    environment: 'lab',
    namespace: 'chat',
    kubernetes: '1.36',
    apiEndpoint: { host: 'api.lab.internal', port: 6443 },
    nodes: [],
    zones: [],
    talks: [],
    secrets: [],
    provides: [],
    smoke: [],
    objects: [],
    ...facts,
  },
});

/** A Deployment whose containers run these images. */
export const deployment = (name: string, ...images: readonly string[]): Manifest =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'chat' },
    spec: {
      template: { spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) } },
    },
  }) as Manifest;
