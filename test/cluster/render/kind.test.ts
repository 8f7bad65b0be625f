import { load } from 'js-yaml';
import { kind } from '../../../cluster/render/kind';
import type { KindCluster } from '../../../cluster/render/kind/v1alpha4';
import type { Cluster } from '../../../cluster/spec';
import { clusters } from '../../../cluster/specs';
import { kind as spec } from '../../../cluster/specs/kind';

/** The file as kind reads it. */
function configOf(cluster: Cluster = spec): KindCluster {
  const [file] = kind(cluster);
  return load(file?.content ?? '') as KindCluster;
}

const patch = (text: string | undefined) => load(text ?? '');

describe('kind-config.yaml', () => {
  it('has one control plane and the workers of the specification', () => {
    expect(configOf().nodes.map(({ role }) => role)).toEqual(['control-plane', 'worker', 'worker']);
  });

  it('has the ranges of the specification, and leaves the network between pods to Calico', () => {
    expect(configOf().networking).toEqual({
      apiServerAddress: '127.0.0.1',
      apiServerPort: 6443,
      podSubnet: '10.244.0.0/16',
      serviceSubnet: '10.96.0.0/16',
      disableDefaultCNI: true,
      kubeProxyMode: 'nftables',
    });
  });

  it('leads the ports of this computer to the one node that runs ingress', () => {
    const [first, ...others] = configOf({ ...spec, build: { by: 'kind', hostPorts: [8080, 8443] } }).nodes;
    expect(first?.labels).toEqual({ 'ingress-ready': 'true' });
    expect(first?.extraPortMappings).toEqual([
      { containerPort: 80, hostPort: 8080, listenAddress: '127.0.0.1', protocol: 'TCP' },
      { containerPort: 443, hostPort: 8443, listenAddress: '127.0.0.1', protocol: 'TCP' },
    ]);
    expect(others.some(({ extraPortMappings }) => extraPortMappings)).toBe(false);
  });

  it('hands out the ports of the specification', () => {
    const { kubeadmConfigPatches } = configOf({ ...spec, nodePortRange: [30000, 30100] });
    expect(kubeadmConfigPatches.map(patch)).toEqual([
      { kind: 'ClusterConfiguration', apiServer: { extraArgs: { 'service-node-port-range': '30000-30100' } } },
    ]);
  });

  it('labels and taints workers as the specification says', () => {
    const [, worker] = configOf().nodes;
    expect(worker?.labels).toEqual({ 'topology.kubernetes.io/zone': 'local' });
    expect(worker?.kubeadmConfigPatches?.map(patch)).toEqual([
      {
        kind: 'JoinConfiguration',
        nodeRegistration: { taints: [{ key: 'prd', value: 'true', effect: 'NoSchedule' }] },
      },
    ]);
  });

  it('patches no worker without taints', () => {
    const workers = spec.workers.map((worker) => ({ ...worker, taints: [] }));
    expect(configOf({ ...spec, workers }).nodes[1]).not.toHaveProperty('kubeadmConfigPatches');
  });

  it('runs one image of its minor on every node, by digest where one is known', () => {
    const images = ({ nodes }: KindCluster) => [...new Set(nodes.map(({ image }) => image))];
    expect(images(configOf())).toEqual([expect.stringMatching(/^kindest\/node:v1\.36\.\d+@sha256:[0-9a-f]{64}$/)]);
    expect(images(configOf({ ...spec, kubernetes: '1.33' }))).toEqual([
      expect.stringMatching(/^kindest\/node:v1\.33\.\d+$/),
    ]);
  });

  it('is there for clusters of kind alone', () => {
    expect(clusters.filter((cluster) => kind(cluster).length > 0).map(({ name }) => name)).toEqual(['kind']);
  });
});
