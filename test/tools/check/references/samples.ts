import type { Check } from '../../../../tools/check/check';
import type { Inventory } from '../../../../tools/render/inventory';
import { judged } from '../judged';

type Context = Parameters<typeof judged>[2];

/** What a check finds, each as a person reads it: `Kind/name path: wrong; expected right`. */
export const found = (check: Check, objects: readonly object[], context: Context = {}): readonly string[] =>
  judged([check], objects, context).findings.map(({ at, wrong, right }) => `${at}: ${wrong}; expected ${right}`);

/** What a check says that it cannot answer. */
export const unanswered = (check: Check, objects: readonly object[], context: Context = {}): readonly string[] =>
  judged([check], objects, context).unanswered;

/** An object of the namespace `shop`. */
export const object = (apiVersion: string, kind: string, name: string, rest: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
  ...rest,
});

/** An object of the whole cluster. */
export const clusterWide = (apiVersion: string, kind: string, name: string, rest: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name },
  ...rest,
});

/** The same object in another namespace. */
export const within = <Sample extends { metadata: object }>(namespace: string, sample: Sample) => ({
  ...sample,
  metadata: { ...sample.metadata, namespace },
});

/** A pod template with one container, labelled `app: <name>`. */
export const template = (name: string, pod: object = {}, labels: object = { app: name }) => ({
  metadata: { labels },
  spec: { containers: [{ name: 'main', image: 'sample' }], ...pod },
});

/** What keeps pods of a template running. */
const controller =
  (kind: string) =>
  (name: string, pod: object = {}, spec: object = {}) =>
    object('apps/v1', kind, name, {
      spec: { selector: { matchLabels: { app: name } }, template: template(name, pod), ...spec },
    });

export const deployment = controller('Deployment');
export const statefulSet = controller('StatefulSet');
export const daemonSet = controller('DaemonSet');

export const job = (name: string, pod: object = {}, spec: object = {}) =>
  object('batch/v1', 'Job', name, { spec: { template: template(name, pod), ...spec } });

export const cronJob = (name: string, pod: object = {}, spec: object = {}) =>
  object('batch/v1', 'CronJob', name, {
    spec: { schedule: '@daily', jobTemplate: { spec: { template: template(name, pod), ...spec } } },
  });

export const service = (name: string, spec: object = {}) =>
  object('v1', 'Service', name, { spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec } });

export const autoscaler = (name: string, spec: object = {}) =>
  object('autoscaling/v2', 'HorizontalPodAutoscaler', name, {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name }, maxReplicas: 10, ...spec },
  });

export const budget = (name: string, spec: object = {}) =>
  object('policy/v1', 'PodDisruptionBudget', name, { spec: { selector: { matchLabels: { app: name } }, ...spec } });

export const configMap = (name: string, data: object = {}) => object('v1', 'ConfigMap', name, { data });

/** What an environment `shop` declared: nothing, but for these fields. */
export const inventory = (fields: Partial<Inventory> = {}): Inventory => ({
  environment: 'lab',
  namespace: 'shop',
  kubernetes: '1.36',
  smoke: [],
  apiEndpoint: { host: 'api.lab.example.com', port: 6443 },
  nodes: [],
  zones: [],
  talks: [],
  secrets: [],
  provides: [],
  objects: [],
  ...fields,
});
