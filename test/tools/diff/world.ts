import { compare } from '../../../tools/diff/compare';
import type { Comparison, ObjectReport } from '../../../tools/diff/report';
import { loadTexts } from '../../../tools/manifests/load';
import type { ManifestSet } from '../../../tools/manifests/manifest-set';
import { readDocuments } from '../../../tools/manifests/yaml';
import type { Rendered } from '../../support/rendered';

const POD = `
    metadata: { labels: { app: NAME }, annotations: { checksum/config: abc } }
    spec:
      serviceAccountName: chat
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 30
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: RuntimeDefault } }
      containers:
        - name: main
          image: registry.example.com/NAME:1.2.0@sha256:1111111111111111111111111111111111111111111111111111111111111111
          ports: [{ containerPort: 8080, name: http }]
          env: [{ name: LEVEL, value: info }, { name: REGION, value: north }]
          resources: { requests: { cpu: 500m, memory: 1Gi } }
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          volumeMounts: [{ name: data, mountPath: /data }, { name: tmp, mountPath: /tmp }]
      volumes: [{ name: data, persistentVolumeClaim: { claimName: NAME } }, { name: tmp, emptyDir: {} }]`;

const pod = (name: string, indent = ''): string => POD.replaceAll('NAME', name).replaceAll('\n', `\n${indent}`);

/** One object of every kind that rules are about, hardened and closed, so that one edit at a time can loosen it. */
const WORLD = `
{ apiVersion: v1, kind: Namespace, metadata: { name: shop, labels: { pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/enforce-version: v1.34 } } }
---
{ apiVersion: v1, kind: ResourceQuota, metadata: { name: shop, namespace: shop }, spec: { hard: { requests.cpu: "4" } } }
---
{ apiVersion: v1, kind: LimitRange, metadata: { name: shop, namespace: shop }, spec: { limits: [{ type: Container, max: { cpu: "2" }, min: { cpu: 10m } }] } }
---
{ apiVersion: storage.k8s.io/v1, kind: StorageClass, metadata: { name: fast }, provisioner: example.com/disk, reclaimPolicy: Retain }
---
apiVersion: v1
kind: PersistentVolume
metadata: { name: disk, finalizers: [kubernetes.io/pv-protection] }
spec: { capacity: { storage: 1Gi }, persistentVolumeReclaimPolicy: Retain, storageClassName: fast, claimRef: { namespace: shop, name: chat }, nfs: { server: 192.0.2.1, path: / } }
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: chat, namespace: shop, annotations: { helm.sh/resource-policy: keep } }
spec: { accessModes: [ReadWriteOnce], storageClassName: fast, resources: { requests: { storage: 1Gi } } }
---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: things.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { kind: Thing, plural: things }
  versions:
    - { name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { size: { type: integer } } } } }
    - { name: v2, served: true, storage: false, schema: { openAPIV3Schema: { type: object } } }
---
{ apiVersion: example.com/v1, kind: Thing, metadata: { name: thing, namespace: shop }, spec: { size: 1 } }
---
{ apiVersion: v1, kind: ServiceAccount, metadata: { name: chat, namespace: shop }, automountServiceAccountToken: false, imagePullSecrets: [{ name: pull }] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: shop }
rules: [{ apiGroups: [""], resources: [pods, services], verbs: [get, list] }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reader, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects: [{ kind: ServiceAccount, name: chat, namespace: shop }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: all }
aggregationRule: { clusterRoleSelectors: [{ matchLabels: { all: "yes" } }] }
rules: []
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny-all, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: chat, namespace: shop }
spec:
  podSelector: { matchLabels: { app: chat } }
  policyTypes: [Ingress]
  ingress: [{ from: [{ ipBlock: { cidr: 192.0.2.0/24 } }], ports: [{ port: 8080 }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: elsewhere, namespace: other }
spec: { podSelector: { matchLabels: { app: unknown } }, policyTypes: [Ingress] }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: env, namespace: shop }, data: { level: info, other: x } }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: files, namespace: shop }, data: { conf: a } }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: unread, namespace: shop }, data: { a: b } }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: frozen, namespace: shop }, immutable: true, data: { a: b } }
---
{ apiVersion: v1, kind: Secret, metadata: { name: keys, namespace: shop }, data: { key: aHVudGVyMg== } }
---
apiVersion: v1
kind: Service
metadata: { name: inside, namespace: shop }
spec: { type: ClusterIP, clusterIP: 10.96.0.10, selector: { app: chat }, ports: [{ name: http, port: 80, targetPort: http }], sessionAffinity: ClientIP }
---
apiVersion: v1
kind: Service
metadata: { name: outside, namespace: shop, annotations: { service.beta.kubernetes.io/aws-load-balancer-scheme: internal } }
spec: { type: LoadBalancer, selector: { app: chat }, ports: [{ name: http, port: 80, nodePort: 30080 }], loadBalancerSourceRanges: [192.0.2.0/24], externalTrafficPolicy: Local }
---
{ apiVersion: v1, kind: Service, metadata: { name: elsewhere, namespace: shop }, spec: { type: ExternalName, externalName: a.example.com } }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: store, namespace: shop }
spec:
  replicas: 3
  serviceName: store
  selector: { matchLabels: { app: store } }
  persistentVolumeClaimRetentionPolicy: { whenDeleted: Retain, whenScaled: Retain }
  updateStrategy: { type: RollingUpdate, rollingUpdate: { partition: 0 } }
  volumeClaimTemplates: [{ metadata: { name: data }, spec: { resources: { requests: { storage: 1Gi } } } }]
  template:${pod('store').replace('persistentVolumeClaim: { claimName: store }', 'emptyDir: {}')}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: chat, namespace: shop, labels: { app.kubernetes.io/version: 1.2.0 } }
spec:
  replicas: 3
  selector: { matchLabels: { app: chat } }
  strategy: { type: RollingUpdate, rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
  template:${pod('chat')}
      initContainers: [{ name: prepare, image: "registry.example.com/prepare:1", env: [{ name: LEVEL, valueFrom: { configMapKeyRef: { name: env, key: level } } }], securityContext: { privileged: false } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: scaled, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: scaled } }
  template:${pod('scaled')}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: shop }
spec:
  selector: { matchLabels: { app: agent } }
  updateStrategy: { type: OnDelete }
  template:${pod('agent').replace('emptyDir: {}', 'configMap: { name: files }')}
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: backup, namespace: shop }
spec:
  schedule: "0 1 * * *"
  concurrencyPolicy: Forbid
  jobTemplate:
    spec:
      template:${pod('backup', '    ')}
---
apiVersion: batch/v1
kind: Job
metadata: { name: migrate, namespace: shop }
spec:
  template:${pod('migrate')}
---
apiVersion: apps/v1
kind: ReplicaSet
metadata: { name: old, namespace: shop }
spec:
  replicas: 1
  selector: { matchLabels: { app: old } }
  template:${pod('old')}
---
{ apiVersion: v1, kind: Pod, metadata: { name: alone, namespace: shop }, spec: { containers: [{ name: main, image: "registry.example.com/alone:1@sha256:2" }] } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, namespace: shop }
spec: { minReplicas: 3, maxReplicas: 9, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }
---
{ apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: chat, namespace: shop }, spec: { maxUnavailable: 1, selector: { matchLabels: { app: chat } } } }
---
{ apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: { name: store, namespace: shop }, spec: { minAvailable: 2, selector: { matchLabels: { app: store } } } }
---
{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: { name: high }, value: 1000 }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: chat, namespace: shop, annotations: { nginx.ingress.kubernetes.io/whitelist-source-range: 192.0.2.0/24 } }
spec:
  ingressClassName: traefik
  tls: [{ secretName: tls, hosts: [chat.example.com] }]
  rules: [{ host: chat.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: inside, port: { name: http } } } }] } }]
---
{ apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingWebhookConfiguration, metadata: { name: gate }, webhooks: [{ name: gate.example.com, failurePolicy: Fail }] }
---
{ apiVersion: admissionregistration.k8s.io/v1, kind: ValidatingAdmissionPolicy, metadata: { name: gate }, spec: { failurePolicy: Fail } }
---
{ apiVersion: apiregistration.k8s.io/v1, kind: APIService, metadata: { name: v1.metrics.example.com }, spec: { service: { name: metrics, namespace: shop } } }
---
{ apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: { name: outside, namespace: shop }, endpoints: [{ addresses: [192.0.2.9] }] }
`;

/** Objects of the world, new ones at every call: tests edit them. */
export const world = (): Rendered[] => structuredClone(PARSED);

const PARSED: Rendered[] = readDocuments(WORLD, 'world.yaml').map(({ value }) => value);

export const setOf = (objects: readonly Rendered[]): ManifestSet =>
  loadTexts(
    [{ path: 'world.json', text: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }) }],
    'world',
  );

export const named = (objects: readonly Rendered[], name: string): Rendered => {
  const found = objects.find((object) => `${object.kind}/${object.metadata.name}` === name);
  if (!found) throw new Error(`the world has no ${name}`);
  return found;
};

/** What a comparison of two lists of objects says. */
export const compared = (before: readonly Rendered[], after: readonly Rendered[]): Comparison =>
  compare({ name: 'shop', before: { title: 'old', set: setOf(before) }, after: { title: 'new', set: setOf(after) } });

/** What an edit of one object does to it. */
export function edited(name: string, edit: (object: Rendered) => void, prepare: (object: Rendered) => void = () => {}) {
  const [before, after] = [world(), world()];
  for (const objects of [before, after]) prepare(named(objects, name));
  edit(named(after, name));
  return reportOn(compared(before, after), name);
}

export function reportOn({ objects }: Comparison, name: string): ObjectReport {
  const found = objects.find((object) => `${object.kind}/${object.name}` === name);
  if (!found) throw new Error(`${name} does not differ`);
  return found;
}

/** Everything that is said of an object: `risk: why`, at the field or at the object. */
export const said = (report: ObjectReport): readonly { readonly at: string; readonly says: string }[] => [
  ...report.reasons.map(({ risk, why }) => ({ at: '', says: `${risk}: ${why}` })),
  ...report.fields.flatMap(({ path, reasons }) =>
    reasons.map(({ risk, why }) => ({ at: path, says: `${risk}: ${why}` })),
  ),
];

/** A change of one object's fields: what happens, to which object, how, and what is said at which field. */
export type Case = readonly [
  what: string,
  object: string,
  edit: (object: Rendered) => void,
  at: string,
  says: string,
  prepare?: (object: Rendered) => void,
];

/** What is said at a field, and the worst of the whole object: a case's `says` is both. */
export function judgement([, object, edit, at, says, prepare]: Case) {
  const report = edited(object, edit, prepare);
  return { risk: report.risk, says: said(report).find((entry) => entry.at === at && entry.says === says) };
}

export const expected = ([, , , at, says]: Case) => ({ risk: says.split(':')[0], says: { at, says } });
