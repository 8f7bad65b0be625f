import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addons } from '../../../cluster/render/addons';
import { containerd } from '../../../cluster/render/containerd';
import { kubeadm } from '../../../cluster/render/kubeadm';
import { lab } from '../../../cluster/specs/lab';
import { production } from '../../../cluster/specs/production';
import { contentOf, documentsOf, labWith, labWorker } from '../../support/machine-clusters';

const kubelet = documentsOf(kubeadm, lab, 'nodes/control-plane-1/kubeadm.yaml')[2];
const proxy = (cluster = lab) => documentsOf(kubeadm, cluster, 'nodes/control-plane-1/kubeadm.yaml')[3];
const reserved = (machine: string, cluster = lab) =>
  documentsOf(kubeadm, cluster, `nodes/${machine}/root/etc/kubernetes/patches/kubeletconfiguration+merge.yaml`)[0]
    .kubeReserved;

const seconds = (duration: string) => Number(/^(\d+)s$/.exec(duration)?.[1]);

describe('a kubelet', () => {
  it('leaves control groups to systemd, as containerd does', () => {
    expect(kubelet.cgroupDriver).toBe('systemd');
    const config = contentOf(containerd, lab, 'nodes/worker-1/root/etc/containerd/config.toml');
    expect(config).toContain('SystemdCgroup = true');
  });

  it('asks for its serving certificate, which an add-on approves', () => {
    expect(kubelet.serverTLSBootstrap).toBe(true);
    expect(contentOf(addons, lab, 'addons/manifests.tsv')).toContain('\tkubelet-serving-cert-approver\t');
  });

  it("renews its own client's certificate", () => {
    expect(kubelet.rotateCertificates).toBe(true);
  });

  it('collects images before the disk is so full that pods are evicted: at 85 %', () => {
    expect(kubelet.imageGCHighThresholdPercent).toBeLessThan(85);
    expect(kubelet.imageGCLowThresholdPercent).toBeLessThan(kubelet.imageGCHighThresholdPercent);
  });

  it('gives pods time when its machine shuts down: workloads what they ask for, API servers what they get anyway', () => {
    const { shutdownGracePeriod, shutdownGracePeriodCriticalPods } = kubelet;
    const system = seconds(shutdownGracePeriodCriticalPods);
    expect(system).toBe(30);
    expect(seconds(shutdownGracePeriod) - system).toBeGreaterThanOrEqual(Math.max(...gracesOf('production')));
  });
});

/** Seconds that the pods of an environment ask for. */
function gracesOf(environment: string): number[] {
  const folder = join(__dirname, '../../../dist', environment, 'workloads');
  const text = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const graces = text
    .flatMap((one) => [...one.matchAll(/terminationGracePeriodSeconds: (\d+)/g)])
    .map(([, n]) => Number(n));
  if (graces.length === 0) throw new Error(`no pod of ${environment} says how long it takes`);
  return graces;
}

describe('a machine keeps for itself', () => {
  it.each([
    ['2', '2Gi', { cpu: '70m', memory: '512Mi' }],
    ['2', '4Gi', { cpu: '70m', memory: '1024Mi' }],
    ['4', '16Gi', { cpu: '80m', memory: '2663Mi' }],
    ['8', '32Gi', { cpu: '90m', memory: '3646Mi' }],
    ['64', '256Gi', { cpu: '230m', memory: '12166Mi' }],
  ])('of %s cores and %s what GKE keeps', (cpu, memory, expected) => {
    expect(reserved('worker-1', labWorker({ cpu, memory }))).toEqual(expected);
  });

  it('more where it is larger', () => {
    expect(reserved('worker-a', production)).not.toEqual(reserved('control-plane-a', production));
  });
});

describe('kube-proxy', () => {
  it.each([
    ['1.36', 'supported', 'nftables', 'Nftables'],
    ['1.33', 'seed', 'iptables', 'Iptables'],
  ] as const)(
    "writes on %s (%s) in %s, and so does Calico: two kinds of rules miss each other's packets",
    (minor, profile, mode, dataplane) => {
      const cluster = labWith({ kubernetes: minor, profile });
      expect(proxy(cluster)).toMatchObject({ kind: 'KubeProxyConfiguration', mode });
      expect(documentsOf(addons, cluster, 'addons/calico.yaml')[0].spec.calicoNetwork.linuxDataplane).toBe(dataplane);
    },
  );
});
