import { assemble } from '../../charts/assemble';
import { type ComposedEnvironment, environment } from '../../charts/environments/environment';
import type { EnvironmentFields } from '../../charts/environments/schema';
import type { Entry } from '../../charts/environments/workload';
import { cluster } from '../../cluster/spec';
import type { InventoryFacts } from '../../tools/render/inventory';
import { renderApp } from '../../tools/render/manifests';

/** A rendered object, as loose as YAML: tests reach into it by path. */
// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of a shape; typing it would repeat the schema.
export type Rendered = any;

/** An environment's objects and what judges are told about it. */
export interface RenderedEnvironment {
  readonly objects: readonly Rendered[];
  readonly facts: InventoryFacts;
  readonly files: Readonly<Record<string, readonly Rendered[]>>;
  /** The one object of that kind and name; fails the test where there is none. */
  object(kind: string, name: string): Rendered;
  /** Pod templates with their controllers' names. */
  readonly pods: readonly { name: string; template: Rendered; controller: Rendered }[];
}

export function render(composed: ComposedEnvironment): RenderedEnvironment {
  const { app, facts } = assemble(composed);
  const rendered = renderApp(app);
  const objects: Rendered[] = rendered.flatMap(({ manifests }) => [...manifests]);
  return {
    objects,
    facts,
    files: Object.fromEntries(rendered.map(({ path, manifests }) => [path, manifests])),
    object: (kind, name) => {
      const found = objects.filter((object) => object.kind === kind && object.metadata.name === name);
      if (found.length !== 1) throw new Error(`${found.length} objects ${kind}/${name}`);
      return found[0];
    },
    pods: objects
      .filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind))
      .map((controller) => ({ name: controller.metadata.name, template: controller.spec.template, controller })),
  };
}

type ClusterFields = Parameters<typeof cluster>[0];

/** A cluster with everything that an environment can ask for. */
export const sampleCluster = (fields: Partial<ClusterFields> = {}) =>
  cluster({
    name: 'sample',
    apiEndpoint: { host: 'api.example.com', port: 6443 },
    kubernetes: '1.36',
    cidrs: {
      api: ['192.0.2.0/29'],
      nodes: ['192.0.2.0/24'],
      pods: ['10.244.0.0/16'],
      services: ['10.96.0.0/16'],
      snat: ['198.51.100.0/28'],
    },
    workers: [{ name: 'worker-1', cpu: '4', memory: '8Gi', zone: 'a' }],
    build: { by: 'kind' },
    ingressController: { implementation: 'traefik', namespace: 'traefik', podLabels: { app: 'traefik' } },
    monitoring: { namespace: 'monitoring', podLabels: { app: 'prometheus' } },
    metallbPool: '203.0.113.0/28',
    provides: { storageClasses: ['standard'], ingressClasses: ['traefik'] },
    ...fields,
  });

/** The smallest environment that runs these entries. */
export const sampleEnvironment = (
  run: readonly Entry[],
  fields: Partial<EnvironmentFields> = {},
): ComposedEnvironment =>
  environment({
    name: 'sample',
    cluster: sampleCluster(),
    namespace: 'sample',
    images: { registry: 'registry.example.com', reference: 'tag', pullPolicy: 'Always' },
    storage: { provisioner: 'cluster', class: 'standard' },
    quota: { cpu: ['4', '4'], memory: ['8Gi', '8Gi'], ephemeralStorage: ['8Gi', '8Gi'], pods: 20, storage: '20Gi' },
    viewers: 'viewers',
    run,
    ...fields,
  });
