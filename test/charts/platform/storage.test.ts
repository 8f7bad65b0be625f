import { kind } from '../../../charts/environments/kind';
import { lab } from '../../../charts/environments/lab';
import { production } from '../../../charts/environments/production';
import { faultsOf } from '../../support/faults';
import { render, sampleEnvironment } from '../../support/rendered';

describe('storage', () => {
  it('is a gp3 class of the EBS driver in production: encrypted, growing, kept', () => {
    expect(render(production).object('StorageClass', 'gp3')).toMatchObject({
      provisioner: 'ebs.csi.aws.com',
      parameters: { type: 'gp3', encrypted: 'true', 'csi.storage.k8s.io/fstype': 'ext4' },
      allowVolumeExpansion: true,
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
    });
  });

  it('is the workers’ disks in the lab: bound where the pod fits, made by nobody', () => {
    expect(render(lab).object('StorageClass', 'local')).toMatchObject({
      provisioner: 'kubernetes.io/no-provisioner',
      reclaimPolicy: 'Retain',
      volumeBindingMode: 'WaitForFirstConsumer',
    });
  });

  it('pins each local volume to one node and keeps it', () => {
    const volumes = render(lab).objects.filter((object) => object.kind === 'PersistentVolume');
    const terms = (node: string) => ({
      required: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }],
      },
    });
    expect(
      volumes.map(({ metadata, spec }) => [
        metadata.name,
        spec.local.path,
        spec.nodeAffinity,
        spec.capacity,
        spec.persistentVolumeReclaimPolicy,
      ]),
    ).toEqual(
      ['1', '2'].map((n) => [
        `chat-worker-${n}-volume-${n}`,
        `/mnt/slipway/volume-${n}`,
        terms(`worker-${n}`),
        { storage: '5Gi' },
        'Retain',
      ]),
    );
    for (const { metadata, spec } of volumes) {
      expect(metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
      expect(spec).toMatchObject({
        storageClassName: 'local',
        accessModes: ['ReadWriteOnce'],
        volumeMode: 'Filesystem',
      });
    }
  });

  it('is the cluster’s own class on kind: nothing is rendered', () => {
    expect(Object.keys(render(kind).files).filter((path) => path.includes('storage'))).toEqual([]);
    expect(render(kind).facts.provides).toContainEqual({ kind: 'StorageClass', name: 'standard' });
  });

  it('is refused where the cluster brings no such class', () => {
    const environment = sampleEnvironment([], { storage: { provisioner: 'cluster', class: 'standart' } });
    expect(faultsOf(() => render(environment))).toEqual([
      'sample.storage.class: the cluster brings no "standart"; did you mean `standard`? (cluster/specs/sample.ts: provides)',
    ]);
  });

  it('is refused where a volume lies on a worker that the cluster does not have', () => {
    const volumes = [{ node: 'worker-7', path: '/mnt/a', size: '1Gi' }];
    expect(
      faultsOf(() => render(sampleEnvironment([], { storage: { provisioner: 'local', class: 'local', volumes } }))),
    ).toEqual([
      'sample.storage.volumes.0.node: the cluster has no worker "worker-7"; did you mean `worker-1`? (cluster/specs/sample.ts: workers)',
    ]);
  });
});
