import { valueAt } from '../../manifests/pods';
import { closestName, oneOf, show } from '../../parse/parse';
import type { Check } from '../check';
import { leavesOf, tail } from './leaves';

/**
 * Fields that take one of a few words. Definitions call them strings; the API server's own validation holds the lists
 * (pkg/apis of Kubernetes 1.36), so no schema knows them.
 */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  accessModes: ['ReadWriteOnce', 'ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOncePod'],
  'appArmorProfile.type': ['RuntimeDefault', 'Localhost', 'Unconfined'],
  completionMode: ['NonIndexed', 'Indexed'],
  concurrencyPolicy: ['Allow', 'Forbid', 'Replace'],
  dnsPolicy: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  'emptyDir.medium': ['', 'Memory', 'HugePages'],
  externalTrafficPolicy: ['Cluster', 'Local'],
  fsGroupChangePolicy: ['OnRootMismatch', 'Always'],
  'httpGet.scheme': ['HTTP', 'HTTPS'],
  imagePullPolicy: ['Always', 'IfNotPresent', 'Never'],
  internalTrafficPolicy: ['Cluster', 'Local'],
  ipFamilies: ['IPv4', 'IPv6'],
  ipFamilyPolicy: ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
  'matchExpressions.operator': ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'],
  'metrics.type': ['Resource', 'ContainerResource', 'Pods', 'Object', 'External'],
  nodeAffinityPolicy: ['Honor', 'Ignore'],
  nodeTaintsPolicy: ['Honor', 'Ignore'],
  pathType: ['Exact', 'Prefix', 'ImplementationSpecific'],
  persistentVolumeReclaimPolicy: ['Retain', 'Delete', 'Recycle'],
  podManagementPolicy: ['OrderedReady', 'Parallel'],
  policyTypes: ['Ingress', 'Egress'],
  'policies.type': ['Pods', 'Percent'],
  preemptionPolicy: ['PreemptLowerPriority', 'Never'],
  protocol: ['TCP', 'UDP', 'SCTP'],
  reclaimPolicy: ['Retain', 'Delete'],
  'seccompProfile.type': ['RuntimeDefault', 'Localhost', 'Unconfined'],
  selectPolicy: ['Max', 'Min', 'Disabled'],
  sessionAffinity: ['None', 'ClientIP'],
  'subjects.kind': ['ServiceAccount', 'User', 'Group'],
  'target.type': ['Utilization', 'Value', 'AverageValue'],
  terminationMessagePolicy: ['File', 'FallbackToLogsOnError'],
  'tolerations.effect': ['', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'],
  'tolerations.operator': ['Equal', 'Exists', 'Lt', 'Gt'],
  unhealthyPodEvictionPolicy: ['IfHealthyBudget', 'AlwaysAllow'],
  volumeBindingMode: ['Immediate', 'WaitForFirstConsumer'],
  volumeMode: ['Filesystem', 'Block'],
  whenDeleted: ['Retain', 'Delete'],
  whenScaled: ['Retain', 'Delete'],
  whenUnsatisfiable: ['DoNotSchedule', 'ScheduleAnyway'],
};

/** Those that hang on the kind. */
const OF_KIND: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  DaemonSet: { 'updateStrategy.type': ['RollingUpdate', 'OnDelete'] },
  Deployment: { 'strategy.type': ['RollingUpdate', 'Recreate'] },
  Service: { 'spec.type': ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'] },
  StatefulSet: { 'updateStrategy.type': ['RollingUpdate', 'OnDelete'] },
};

export const choices: Check = {
  id: 'schema/choices',
  what: 'A field that takes one of a few words holds one of them.',
  why: 'To a schema any word will do; the API server refuses the object.',
  exempt: 'Never.',
  judge: ({ set, report }) => {
    for (const object of set.objects) {
      for (const { path, value } of leavesOf(object)) {
        const [one, two] = [tail(path, 1), tail(path, 2)];
        const known = OF_KIND[object.kind]?.[two] ?? CHOICES[two] ?? CHOICES[one];
        if (!known || typeof value !== 'string' || known.includes(value)) continue;
        const near = closestName(value, known);
        report(object, path, `is ${show(value)}`, near ? `\`${near}\`` : oneOf(known));
      }
    }
    for (const { owner, path } of set.pods) {
      const at = [...path, 'spec', 'restartPolicy'];
      const allowed = RESTARTS[owner.kind] ?? ['Always'];
      const policy = valueAt(owner, at) ?? 'Always';
      if (!allowed.includes(String(policy))) report(owner, at, `is ${show(policy)} in a ${owner.kind}`, oneOf(allowed));
    }
  },
};

/** Restart policies of kinds whose pods may end; all others run on. */
const RESTARTS: Readonly<Record<string, readonly string[]>> = {
  CronJob: ['OnFailure', 'Never'],
  Job: ['OnFailure', 'Never'],
  Pod: ['Always', 'OnFailure', 'Never'],
};
