import type { FieldChange } from './changes';
import { matches, pattern, type Steps } from './steps';

type Defaults = Readonly<Record<string, unknown>>;

/**
 * What the API server fills in where a field is missing, so that writing it out, or no longer, changes nothing
 * (Kubernetes API reference 1.36; `SetDefaults_*` in pkg/apis). Replicas are left out: an autoscaler may own them.
 */
const OF_PODS: Defaults = {
  'spec.*[].env[].valueFrom.fieldRef.apiVersion': 'v1',
  'spec.*[].ports[].protocol': 'TCP',
  'spec.*[].securityContext.privileged': false,
  'spec.*[].securityContext.procMount': 'Default',
  'spec.*[].securityContext.readOnlyRootFilesystem': false,
  'spec.*[].stdin': false,
  'spec.*[].terminationMessagePath': '/dev/termination-log',
  'spec.*[].terminationMessagePolicy': 'File',
  'spec.*[].tty': false,
  'spec.*[].*.failureThreshold': 3,
  'spec.*[].*.httpGet.scheme': 'HTTP',
  'spec.*[].*.periodSeconds': 10,
  'spec.*[].*.successThreshold': 1,
  'spec.*[].*.timeoutSeconds': 1,
  'spec.*[].volumeMounts[].readOnly': false,
  'spec.dnsPolicy': 'ClusterFirst',
  'spec.enableServiceLinks': true,
  'spec.hostIPC': false,
  'spec.hostNetwork': false,
  'spec.hostPID': false,
  'spec.schedulerName': 'default-scheduler',
  'spec.terminationGracePeriodSeconds': 30,
  'spec.volumes[].*.defaultMode': 420,
};

const OF_JOBS: Defaults = { backoffLimit: 6, completions: 1, parallelism: 1, suspend: false };

const OF_KINDS: Readonly<Record<string, Defaults>> = {
  CronJob: {
    'spec.concurrencyPolicy': 'Allow',
    'spec.failedJobsHistoryLimit': 1,
    'spec.successfulJobsHistoryLimit': 3,
    'spec.suspend': false,
    ...Object.fromEntries(Object.entries(OF_JOBS).map(([field, value]) => [`spec.jobTemplate.spec.${field}`, value])),
  },
  DaemonSet: {
    'spec.minReadySeconds': 0,
    'spec.revisionHistoryLimit': 10,
    'spec.updateStrategy.rollingUpdate.maxSurge': 0,
    'spec.updateStrategy.rollingUpdate.maxUnavailable': 1,
    'spec.updateStrategy.type': 'RollingUpdate',
  },
  Deployment: {
    'spec.minReadySeconds': 0,
    'spec.paused': false,
    'spec.progressDeadlineSeconds': 600,
    'spec.revisionHistoryLimit': 10,
    'spec.strategy.rollingUpdate.maxSurge': '25%',
    'spec.strategy.rollingUpdate.maxUnavailable': '25%',
    'spec.strategy.type': 'RollingUpdate',
  },
  HorizontalPodAutoscaler: { 'spec.minReplicas': 1 },
  Job: {
    'spec.completionMode': 'NonIndexed',
    ...Object.fromEntries(Object.entries(OF_JOBS).map(([field, value]) => [`spec.${field}`, value])),
  },
  NetworkPolicy: { 'spec.*[].ports[].protocol': 'TCP' },
  PersistentVolume: { 'spec.persistentVolumeReclaimPolicy': 'Retain', 'spec.volumeMode': 'Filesystem' },
  PersistentVolumeClaim: { 'spec.volumeMode': 'Filesystem' },
  Service: {
    'spec.allocateLoadBalancerNodePorts': true,
    'spec.externalTrafficPolicy': 'Cluster',
    'spec.internalTrafficPolicy': 'Cluster',
    'spec.ports[].protocol': 'TCP',
    'spec.publishNotReadyAddresses': false,
    'spec.sessionAffinity': 'None',
    'spec.type': 'ClusterIP',
  },
  StatefulSet: {
    'spec.minReadySeconds': 0,
    'spec.persistentVolumeClaimRetentionPolicy.whenDeleted': 'Retain',
    'spec.persistentVolumeClaimRetentionPolicy.whenScaled': 'Retain',
    'spec.podManagementPolicy': 'OrderedReady',
    'spec.revisionHistoryLimit': 10,
    'spec.updateStrategy.rollingUpdate.partition': 0,
    'spec.updateStrategy.type': 'RollingUpdate',
  },
  StorageClass: { allowVolumeExpansion: false, reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
};

const compiled = (defaults: Defaults) =>
  Object.entries(defaults).map(([fields, value]) => ({ fields: pattern(fields), value }));

const PODS = compiled(OF_PODS);
const KINDS = new Map(Object.entries(OF_KINDS).map(([kind, defaults]) => [kind, compiled(defaults)]));

/**
 * Whether one side writes out what the other leaves to the API server.
 * @param inTemplate the field below its pod template; undefined where it is none of a pod's.
 */
export function isDefaultWritten(kind: string, { steps, before, after }: FieldChange, inTemplate?: Steps): boolean {
  if (before !== undefined && after !== undefined) return false;
  const written = before ?? after;
  const says = (defaults: ReturnType<typeof compiled>, at: Steps) =>
    defaults.some(({ fields, value }) => value === written && matches(at, fields));
  return says(KINDS.get(kind) ?? [], steps) || (inTemplate !== undefined && says(PODS, inTemplate));
}
