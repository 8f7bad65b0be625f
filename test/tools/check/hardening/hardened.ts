import { hardeningChecks } from '../../../../tools/check/hardening';
import { judged } from '../judged';

/** A manifest as loose as YAML: a test breaks one field of it by path. */
// biome-ignore lint/suspicious/noExplicitAny: what a test breaks need not have the shape of its kind any more.
export type Loose = any;

const RBAC = 'rbac.authorization.k8s.io';
const labels = { app: 'web' };
const selector = { matchLabels: labels };
const metadata = { name: 'web', namespace: 'shop' };
const amounts = { cpu: '100m', memory: '64Mi', 'ephemeral-storage': '64Mi' };

const container = {
  name: 'web',
  image: 'registry.example.com/web:1.4.2',
  ports: [{ name: 'http', containerPort: 8080 }],
  livenessProbe: { httpGet: { path: '/health', port: 'http' } },
  readinessProbe: { httpGet: { path: '/ready', port: 'http' } },
  startupProbe: { httpGet: { path: '/health', port: 'http' } },
  resources: { requests: amounts, limits: amounts },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  },
};

const template = {
  metadata: { labels, annotations: {} },
  spec: {
    serviceAccountName: 'web',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 10000,
      runAsGroup: 10000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container],
    volumes: [
      { name: 'tmp', emptyDir: { sizeLimit: '16Mi' } },
      { name: 'config', configMap: { name: 'web' } },
    ],
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', labelSelector: selector }],
  },
};

/** A replicated workload and all that stands around it, with which no rule finds fault. */
const OBJECTS = [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
  },
  {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata,
    spec: { hard: { 'requests.cpu': '4', 'requests.memory': '4Gi', 'limits.cpu': '4', 'limits.memory': '4Gi' } },
  },
  { apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits: [{ type: 'Container', default: amounts }] } },
  {
    apiVersion: `${RBAC}/v1`,
    kind: 'Role',
    metadata: { name: 'reader', namespace: 'shop' },
    rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list', 'watch'] }],
  },
  {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name: 'reader', namespace: 'shop' },
    roleRef: { apiGroup: RBAC, kind: 'Role', name: 'reader' },
    subjects: [{ kind: 'ServiceAccount', name: 'reader', namespace: 'shop' }],
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
    spec: {
      podSelector: selector,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'proxy' } } }], ports: [{ port: 8080 }] }],
      egress: [{ to: [{ podSelector: { matchLabels: { app: 'store' } } }], ports: [{ port: 6379 }] }],
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { selector: labels, ports: [{ port: 80, targetPort: 'http' }] },
  },
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 2, selector, template } },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata, spec: { maxUnavailable: 1, selector } },
];

/** The hardened objects of one test, to be changed; what is pushed into `objects` joins them. */
export interface Hardened {
  readonly objects: Loose[];
  /** The only object of that kind. */
  the(kind: string): Loose;
  /** Template of the Deployment's pods. */
  readonly pod: Loose;
  readonly container: Loose;
}

export function hardened(): Hardened {
  // By way of JSON, so that no two objects share a field.
  const objects: Loose[] = JSON.parse(JSON.stringify(OBJECTS));
  const the = (kind: string) => objects.find((object) => object.kind === kind);
  const pod = the('Deployment').spec.template;
  return { objects, the, pod, container: pod.spec.containers[0] };
}

/** Breaks, or varies, the hardened objects. */
export type Change = (objects: Hardened) => void;

/** What every rule of the area says of the hardened objects after a change: `rule path wrong`. */
export function findingsAfter(
  change: Change,
): { readonly rule: string; readonly at: string; readonly wrong: string }[] {
  const objects = hardened();
  change(objects);
  return judged(hardeningChecks, objects.objects).findings.map(({ check, at, wrong }) => ({ rule: check, at, wrong }));
}

/** Rules that find fault, each as often as it does. */
export const rulesAfter = (change: Change): string[] => findingsAfter(change).map(({ rule }) => rule);

/** Changes by title, as a table of a test. */
export const table = (changes: Record<string, Change>) =>
  Object.entries(changes).map(([title, change]) => ({ title, change }));
