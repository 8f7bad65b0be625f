import { isOnMachines, type MachineCluster } from '../machines';
import { readChecksums } from '../pins/file';
import { type VersionSet, versionsOf } from '../versions';
import type { Target } from './file';
import { table } from './nodes';

/** A file that machines fetch. Packages are not among them: apt and dnf check signatures. */
export interface Download {
  readonly name: string;
  readonly version: string;
  /** As Go and Debian call it; `any` where the file is the same everywhere. */
  readonly arch: 'amd64' | 'arm64' | 'any';
  readonly url: string;
}

/** Every file that machines fetch, with the checksum that `slipway cluster pin` obtained; without one, scripts refuse. */
export const downloads: Target = (cluster) => {
  if (!isOnMachines(cluster)) return [];
  const known = readChecksums();
  const rows = downloadsOf(cluster).map(({ name, version, arch, url }) => [name, version, arch, url, known[url] ?? '']);
  return [{ path: 'downloads.tsv', content: table(['name', 'version', 'arch', 'url', 'sha256'], rows) }];
};

export function downloadsOf(cluster: MachineCluster): readonly Download[] {
  const versions = versionsOf(cluster.kubernetes);
  return [
    ...programs(versions),
    ...signingKeys(cluster.kubernetes),
    ...calico(versions),
    ...addons(cluster, versions),
    ...(cluster.build.aws ? credentialProvider(versions) : []),
  ];
}

/** One file for each architecture. */
const each = (name: string, version: string, url: (arch: string) => string): Download[] =>
  (['amd64', 'arm64'] as const).map((arch) => ({ name, version, arch, url: url(arch) }));

const github = (repository: string, tag: string, file: string): string =>
  `https://github.com/${repository}/releases/download/${tag}/${file}`;

const raw = (repository: string, tag: string, path: string): string =>
  `https://raw.githubusercontent.com/${repository}/${tag}/${path}`;

const programs = ({ containerd, runc, etcd }: VersionSet): Download[] => [
  ...each('containerd', containerd, (arch) =>
    github('containerd/containerd', `v${containerd}`, `containerd-${containerd}-linux-${arch}.tar.gz`),
  ),
  ...each('runc', runc, (arch) => github('opencontainers/runc', `v${runc}`, `runc.${arch}`)),
  ...each('etcd', etcd, (arch) => github('etcd-io/etcd', `v${etcd}`, `etcd-v${etcd}-linux-${arch}.tar.gz`)),
];

/** Keys that sign the packages of Kubernetes: https://kubernetes.io/docs/setup/production-environment/tools/kubeadm/install-kubeadm/ */
const signingKeys = (minor: string): Download[] =>
  [
    { name: 'kubernetes-apt-key', path: 'deb/Release.key' },
    { name: 'kubernetes-rpm-key', path: 'rpm/repodata/repomd.xml.key' },
  ].map(({ name, path }) => ({
    name,
    version: minor,
    arch: 'any' as const,
    url: `https://pkgs.k8s.io/core:/stable:/v${minor}/${path}`,
  }));

function calico({ calico: version }: VersionSet): Download[] {
  const manifest = (name: string, file: string): Download => ({
    name,
    version,
    arch: 'any',
    url: raw('projectcalico/calico', `v${version}`, `manifests/${file}`),
  });
  // 3.31 gave the file another name.
  const crds = Number(version.split('.')[1]) < 31 ? 'operator-crds.yaml' : 'v1_crd_projectcalico_org.yaml';
  return [manifest('calico-operator-crds', crds), manifest('calico-operator', 'tigera-operator.yaml')];
}

function addons({ build, metallbPool, ingressController }: MachineCluster, versions: VersionSet): Download[] {
  const file = (name: string, version: string, url: string): Download => ({ name, version, arch: 'any', url });
  const { kubeletServingCertApprover, metricsServer, metallb, localPathProvisioner } = versions;
  const { haproxyIngressChart, traefikChart } = versions;
  const approver = raw(
    'alex1989hu/kubelet-serving-cert-approver',
    `v${kubeletServingCertApprover}`,
    'deploy/standalone-install.yaml',
  );
  const charts = {
    haproxytech: file(
      'haproxytech',
      haproxyIngressChart,
      github(
        'haproxytech/helm-charts',
        `kubernetes-ingress-${haproxyIngressChart}`,
        `kubernetes-ingress-${haproxyIngressChart}.tgz`,
      ),
    ),
    traefik: file('traefik', traefikChart, `https://traefik.github.io/charts/traefik/traefik-${traefikChart}.tgz`),
    // Retired in March 2026: nothing installs it any more.
    'ingress-nginx': undefined,
  };
  const chart = ingressController && charts[ingressController.implementation];
  const metrics = github('kubernetes-sigs/metrics-server', `v${metricsServer}`, 'components.yaml');
  const pools = raw('metallb/metallb', `v${metallb}`, 'config/manifests/metallb-native.yaml');
  const volumes = raw('rancher/local-path-provisioner', `v${localPathProvisioner}`, 'deploy/local-path-storage.yaml');
  return [
    file('kubelet-serving-cert-approver', kubeletServingCertApprover, approver),
    ...(build.addons.metricsServer ? [file('metrics-server', metricsServer, metrics)] : []),
    ...(metallbPool ? [file('metallb', metallb, pools)] : []),
    ...(build.addons.localPathProvisioner ? [file('local-path-provisioner', localPathProvisioner, volumes)] : []),
    ...(chart
      ? [
          chart,
          ...each('helm', versions.helm, (arch) => `https://get.helm.sh/helm-v${versions.helm}-linux-${arch}.tar.gz`),
        ]
      : []),
  ];
}

const credentialProvider = ({ ecrCredentialProvider: version }: VersionSet): Download[] =>
  each(
    'ecr-credential-provider',
    version,
    (arch) =>
      `https://artifacts.k8s.io/binaries/cloud-provider-aws/v${version}/linux/${arch}/ecr-credential-provider-linux-${arch}`,
  );
