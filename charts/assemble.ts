import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { InventoryFacts } from '../tools/render/inventory';
import type { ComposedEnvironment } from './environments/environment';
import { type Plan, plan } from './lib/plan';
import { access } from './platform/access';
import { namespace } from './platform/namespace';
import { checkStorage, storage } from './platform/storage';

/** File prefixes: what others need comes first. A prefix belongs to a tier, so a new workload renames nobody's file. */
const TIERS = { store: '10', app: '20' };

/** An environment as constructs, a chart a file, with what judges need to know about it. */
export interface Assembled {
  readonly app: App;
  readonly facts: InventoryFacts;
}

/** @throws Refused where fields contradict each other or the cluster. */
export function assemble(environment: ComposedEnvironment): Assembled {
  checkStorage(environment);
  const planned = plan(environment);
  const app = new App();
  const platform = new Construct(app, 'platform');
  namespace(new Chart(platform, '00-namespace'), environment);
  storage(new Chart(platform, '10-storage'), environment);
  access(new Chart(platform, '20-access'), environment);

  const workloads = new Construct(app, 'workloads');
  for (const workload of planned.workloads) {
    workload.render({
      environment,
      chart: new Chart(workloads, `${TIERS[workload.tier]}-${workload.name}`),
      configMaps: planned.configMaps,
      callers: planned.callersOf(workload.name),
      ...planned.talksWith(workload.name),
    });
  }
  return { app, facts: factsOf(planned) };
}

function factsOf({ environment, talks, secrets }: Plan): InventoryFacts {
  const { cluster, namespace, smoke } = environment;
  return {
    namespace,
    kubernetes: cluster.kubernetes,
    apiEndpoint: cluster.apiEndpoint,
    // Addresses are the cluster's affair: nothing here is judged by them.
    nodes: cluster.workers.map(({ address: _, ...node }) => node),
    zones: [...new Set(cluster.workers.map(({ zone }) => zone))].sort(),
    talks,
    secrets,
    provides: [
      ...cluster.provides.ingressClasses.map((name) => ({ kind: 'IngressClass', name })),
      ...cluster.provides.storageClasses.map((name) => ({ kind: 'StorageClass', name })),
    ],
    smoke,
  };
}
