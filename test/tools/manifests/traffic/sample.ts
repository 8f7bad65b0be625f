import type { NetworkPolicy, NetworkPolicySpec } from 'kubernetes-types/networking/v1';
import { ManifestSet } from '../../../../tools/manifests/manifest-set';
import { flowKeys, trafficOf } from '../../../../tools/manifests/traffic/matrix';
import type { Manifest } from '../../../../tools/render/order';

type Labels = Readonly<Record<string, string>>;

export const setOf = (...manifests: readonly Manifest[]): ManifestSet =>
  new ManifestSet(manifests.map((manifest, document) => ({ manifest, file: 'set.yaml', document, path: [] })));

/** What flows of manifests open, a text each. */
export const trafficIn = (...manifests: readonly Manifest[]): readonly string[] =>
  trafficOf(setOf(...manifests)).flatMap(flowKeys);

export const namespace = (name: string, labels: Labels = {}) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});

interface PodFields {
  readonly labels?: Labels;
  readonly hostNetwork?: boolean;
  readonly ports?: readonly { readonly name?: string; readonly protocol?: string; readonly containerPort: number }[];
}

/** A Deployment of pods that carry `app: <name>` unless told otherwise. */
export const workload = (
  home: string,
  name: string,
  { labels = { app: name }, hostNetwork, ports }: PodFields = {},
) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace: home, name },
  spec: { template: { metadata: { labels }, spec: { hostNetwork, containers: [{ name, ports }] } } },
});

export const policy = (home: string, name: string, spec: NetworkPolicySpec): Manifest & NetworkPolicy => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace: home, name },
  spec,
});
