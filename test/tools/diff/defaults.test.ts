import { isDefaultWritten } from '../../../tools/diff/defaults';
import type { Steps } from '../../../tools/diff/steps';

/** Steps of a path in which `[x]` is a named entry. */
const steps = (path: string): Steps =>
  path
    .replaceAll('[', '.[')
    .split('.')
    .map((step) => (step.startsWith('[') ? { entry: step.slice(1, -1) } : step));

const isDefault = (kind: string, path: string, before: unknown, after: unknown): boolean =>
  isDefaultWritten(kind, { steps: steps(path), before, after }, undefined);

const inPod = (path: string, before: unknown, after: unknown): boolean =>
  isDefaultWritten('Deployment', { steps: steps(`spec.template.${path}`), before, after }, steps(path));

describe('what the API server fills in', () => {
  it.each<[string, string, unknown]>([
    ['CronJob', 'spec.concurrencyPolicy', 'Allow'],
    ['CronJob', 'spec.failedJobsHistoryLimit', 1],
    ['CronJob', 'spec.successfulJobsHistoryLimit', 3],
    ['CronJob', 'spec.suspend', false],
    ['CronJob', 'spec.jobTemplate.spec.backoffLimit', 6],
    ['DaemonSet', 'spec.minReadySeconds', 0],
    ['DaemonSet', 'spec.revisionHistoryLimit', 10],
    ['DaemonSet', 'spec.updateStrategy.rollingUpdate.maxSurge', 0],
    ['DaemonSet', 'spec.updateStrategy.rollingUpdate.maxUnavailable', 1],
    ['DaemonSet', 'spec.updateStrategy.type', 'RollingUpdate'],
    ['Deployment', 'spec.minReadySeconds', 0],
    ['Deployment', 'spec.paused', false],
    ['Deployment', 'spec.progressDeadlineSeconds', 600],
    ['Deployment', 'spec.revisionHistoryLimit', 10],
    ['Deployment', 'spec.strategy.rollingUpdate.maxSurge', '25%'],
    ['Deployment', 'spec.strategy.rollingUpdate.maxUnavailable', '25%'],
    ['Deployment', 'spec.strategy.type', 'RollingUpdate'],
    ['HorizontalPodAutoscaler', 'spec.minReplicas', 1],
    ['Job', 'spec.backoffLimit', 6],
    ['Job', 'spec.completionMode', 'NonIndexed'],
    ['Job', 'spec.completions', 1],
    ['Job', 'spec.parallelism', 1],
    ['Job', 'spec.suspend', false],
    ['NetworkPolicy', 'spec.ingress[0].ports[80].protocol', 'TCP'],
    ['PersistentVolume', 'spec.persistentVolumeReclaimPolicy', 'Retain'],
    ['PersistentVolume', 'spec.volumeMode', 'Filesystem'],
    ['PersistentVolumeClaim', 'spec.volumeMode', 'Filesystem'],
    ['Service', 'spec.allocateLoadBalancerNodePorts', true],
    ['Service', 'spec.externalTrafficPolicy', 'Cluster'],
    ['Service', 'spec.internalTrafficPolicy', 'Cluster'],
    ['Service', 'spec.ports[80].protocol', 'TCP'],
    ['Service', 'spec.publishNotReadyAddresses', false],
    ['Service', 'spec.sessionAffinity', 'None'],
    ['Service', 'spec.type', 'ClusterIP'],
    ['StatefulSet', 'spec.minReadySeconds', 0],
    ['StatefulSet', 'spec.persistentVolumeClaimRetentionPolicy.whenDeleted', 'Retain'],
    ['StatefulSet', 'spec.persistentVolumeClaimRetentionPolicy.whenScaled', 'Retain'],
    ['StatefulSet', 'spec.podManagementPolicy', 'OrderedReady'],
    ['StatefulSet', 'spec.revisionHistoryLimit', 10],
    ['StatefulSet', 'spec.updateStrategy.rollingUpdate.partition', 0],
    ['StatefulSet', 'spec.updateStrategy.type', 'RollingUpdate'],
    ['StorageClass', 'allowVolumeExpansion', false],
    ['StorageClass', 'reclaimPolicy', 'Delete'],
    ['StorageClass', 'volumeBindingMode', 'Immediate'],
  ])('may be written out or not: %s %s', (kind, path, value) => {
    expect([isDefault(kind, path, undefined, value), isDefault(kind, path, value, undefined)]).toEqual([true, true]);
  });

  it.each<[string, unknown]>([
    ['spec.containers[a].env[B].valueFrom.fieldRef.apiVersion', 'v1'],
    ['spec.initContainers[a].ports[80].protocol', 'TCP'],
    ['spec.containers[a].securityContext.privileged', false],
    ['spec.containers[a].securityContext.procMount', 'Default'],
    ['spec.containers[a].securityContext.readOnlyRootFilesystem', false],
    ['spec.containers[a].stdin', false],
    ['spec.containers[a].terminationMessagePath', '/dev/termination-log'],
    ['spec.containers[a].terminationMessagePolicy', 'File'],
    ['spec.containers[a].tty', false],
    ['spec.containers[a].livenessProbe.failureThreshold', 3],
    ['spec.containers[a].livenessProbe.httpGet.scheme', 'HTTP'],
    ['spec.containers[a].readinessProbe.periodSeconds', 10],
    ['spec.containers[a].startupProbe.successThreshold', 1],
    ['spec.containers[a].startupProbe.timeoutSeconds', 1],
    ['spec.containers[a].volumeMounts[/a].readOnly', false],
    ['spec.dnsPolicy', 'ClusterFirst'],
    ['spec.enableServiceLinks', true],
    ['spec.hostIPC', false],
    ['spec.hostNetwork', false],
    ['spec.hostPID', false],
    ['spec.schedulerName', 'default-scheduler'],
    ['spec.terminationGracePeriodSeconds', 30],
    ['spec.volumes[a].secret.defaultMode', 420],
  ])('may be written out or not in a pod: %s', (path, value) => {
    expect(inPod(path, undefined, value)).toBe(true);
  });

  it('is told from any other value', () => {
    expect(isDefault('Service', 'spec.type', undefined, 'NodePort')).toBe(false);
  });

  it('is no excuse for a value that was another one', () => {
    expect(isDefault('Service', 'spec.type', 'NodePort', 'ClusterIP')).toBe(false);
  });

  it('is a kind’s own', () => {
    expect(isDefault('Ingress', 'spec.type', undefined, 'ClusterIP')).toBe(false);
  });
});
