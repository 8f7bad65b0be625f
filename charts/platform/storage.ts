import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { nearest, Refused } from '../../tools/parse/parse';
import type { Environment, LocalVolume } from '../environments/schema';
import { platformLabels } from '../lib/naming';

/** StorageClass and volumes, where the cluster does not bring them. */
export function storage(chart: Chart, environment: Environment): void {
  const { storage } = environment;
  const labels = platformLabels('storage');
  if (storage.provisioner === 'ebs') {
    storageClass(chart, storage.class, labels, {
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true', 'csi.storage.k8s.io/fstype': 'ext4' },
      allowVolumeExpansion: true,
    });
  }
  if (storage.provisioner === 'local') {
    storageClass(chart, storage.class, labels, { provisioner: 'kubernetes.io/no-provisioner' });
    for (const volume of storage.volumes) localVolume(chart, environment, volume, labels);
  }
}

function localVolume(
  chart: Chart,
  { namespace, storage }: Environment,
  { node, path, size }: LocalVolume,
  labels: Record<string, string>,
): void {
  const name = [namespace, node, path.split('/').pop()].join('-');
  new k8s.KubePersistentVolume(chart, name, {
    metadata: { name, labels, annotations: { 'helm.sh/resource-policy': 'keep' } },
    spec: {
      storageClassName: storage.class,
      capacity: { storage: k8s.Quantity.fromString(size) },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      volumeMode: 'Filesystem',
      local: { path },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
          ],
        },
      },
    },
  });
}

/**
 * Holds the storage against the cluster: a class that it brings, workers that it has.
 * @throws Refused naming field, value and the nearest name that would do.
 */
export function checkStorage({ name, storage, cluster }: Environment): void {
  const faults: string[] = [];
  const facts = `cluster/specs/${cluster.name}.ts`;
  const { storageClasses } = cluster.provides;
  if (storage.provisioner === 'cluster' && !storageClasses.includes(storage.class)) {
    faults.push(
      `${name}.storage.class: the cluster brings no "${storage.class}"; ${nearest(storage.class, storageClasses)} (${facts}: provides)`,
    );
  }
  if (storage.provisioner === 'local') {
    const workers = cluster.workers.map((worker) => worker.name);
    for (const [index, { node }] of storage.volumes.entries()) {
      if (!workers.includes(node)) {
        faults.push(
          `${name}.storage.volumes.${index}.node: the cluster has no worker "${node}"; ${nearest(node, workers)} (${facts}: workers)`,
        );
      }
    }
  }
  if (faults.length > 0) throw new Refused(faults);
}

function storageClass(
  chart: Chart,
  name: string,
  labels: Record<string, string>,
  props: k8s.KubeStorageClassProps,
): void {
  new k8s.KubeStorageClass(chart, 'class', {
    ...props,
    metadata: { name, labels },
    // The volume is made where the pod fits, not the other way round.
    volumeBindingMode: 'WaitForFirstConsumer',
    reclaimPolicy: 'Retain',
  });
}
