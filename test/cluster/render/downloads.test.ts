import { isOnMachines, type MachineCluster } from '../../../cluster/machines';
import { downloads, downloadsOf } from '../../../cluster/render/downloads';
import { clusters } from '../../../cluster/specs';
import { production } from '../../../cluster/specs/production';
import { clusterWith, onMachines } from '../../support/clusters';

const namesOf = (cluster: MachineCluster): Set<string> => new Set(downloadsOf(cluster).map(({ name }) => name));

describe('files that machines fetch', () => {
  it.each(clusters.filter(isOnMachines).map((cluster) => [cluster.name, cluster] as const))(
    'come over TLS, with their version in the address: %s',
    (_, cluster) => {
      const strange = downloadsOf(cluster).filter(
        ({ url, version }) => !url.startsWith('https://') || !url.includes(version),
      );
      expect(strange).toEqual([]);
    },
  );

  it('are there for both architectures, or the same for every one', () => {
    const archs = downloadsOf(onMachines())
      .filter(({ name }) => name === 'containerd')
      .map(({ arch }) => arch);
    expect(archs).toEqual(['amd64', 'arm64']);
  });

  it('have one row each in the table, without a checksum while nobody obtained one', () => {
    const [file] = downloads(onMachines());
    const [head, ...rows] = file?.content.split('\n').slice(0, -1) ?? [];
    expect([file?.path, head]).toEqual(['downloads.tsv', 'name\tversion\tarch\turl\tsha256']);
    expect(rows).toHaveLength(downloadsOf(onMachines()).length);
    expect(rows.every((row) => row.split('\t').length === 5)).toBe(true);
  });

  it('are what the cluster has, and nothing that it has not', () => {
    const bare = namesOf(onMachines({ addons: { cni: { name: 'calico' }, metricsServer: false } }));
    for (const name of [
      'metrics-server',
      'metallb',
      'local-path-provisioner',
      'traefik',
      'helm',
      'ecr-credential-provider',
    ]) {
      expect(bare).not.toContain(name);
    }
    const full = namesOf(
      onMachines(
        { addons: { cni: { name: 'calico' }, localPathProvisioner: true } },
        {
          metallbPool: '192.0.2.160/27',
          ingressController: { implementation: 'haproxytech', namespace: 'haproxy', podLabels: {} },
          provides: { ingressClasses: ['haproxy'] },
        },
      ),
    );
    for (const name of ['metrics-server', 'metallb', 'local-path-provisioner', 'haproxytech', 'helm']) {
      expect(full).toContain(name);
    }
  });

  it('hold the plugin for ECR where images come from there', () => {
    if (!isOnMachines(production)) throw new Error('production is on machines');
    expect(namesOf(production)).toContain('ecr-credential-provider');
  });

  it('are named as each release of Calico names them', () => {
    const crds = (cluster: MachineCluster) =>
      downloadsOf(cluster).find(({ name }) => name === 'calico-operator-crds')?.url;
    expect(crds(onMachines())).toMatch(/v3\.32\.2\/manifests\/v1_crd_projectcalico_org\.yaml$/);
    expect(crds(onMachines({}, { kubernetes: '1.33', profile: 'seed' }))).toMatch(
      /v3\.30\.3\/manifests\/operator-crds\.yaml$/,
    );
  });

  it('are none for a cluster of containers', () => {
    expect(downloads(clusterWith({}))).toEqual([]);
  });
});
