import { isOnMachines, machinesOf } from '../../../cluster/machines';
import type { RenderedFile } from '../../../cluster/render/file';
import { vagrant } from '../../../cluster/render/vagrant';
import type { Cluster } from '../../../cluster/spec';
import { clusters } from '../../../cluster/specs';
import { lab } from '../../../cluster/specs/lab';

const contentOf = (files: readonly RenderedFile[], path: string): string => {
  const file = files.find((one) => one.path === path);
  if (!file) throw new Error(`${path} is not rendered`);
  return file.content;
};

const machines = (cluster: Cluster = lab) => JSON.parse(contentOf(vagrant(cluster), 'machines.json'));

/** The lab, in a network of this computer alone. */
function hostOnly(nodes: string[]): Cluster {
  if (lab.build.by !== 'kubeadm' || !lab.build.vagrant) throw new Error('the lab has no Vagrant');
  const own = { ...lab.build.vagrant, network: { kind: 'host-only' as const } };
  return { ...lab, cidrs: { ...lab.cidrs, nodes }, build: { ...lab.build, vagrant: own } };
}

describe("Vagrant's machines", () => {
  it('are those of the cluster, with their sizes, balancers first', () => {
    const fields = ['name', 'address', 'netmask', 'cpus', 'memory'];
    expect(
      machines().machines.map((machine: Record<string, unknown>) => fields.map((field) => machine[field])),
    ).toEqual([
      ['balancer-1', '192.0.2.91', '255.255.255.0', 1, 512],
      ['balancer-2', '192.0.2.92', '255.255.255.0', 1, 512],
      ['control-plane-1', '192.0.2.97', '255.255.255.0', 2, 2048],
      ['control-plane-2', '192.0.2.98', '255.255.255.0', 2, 2048],
      ['control-plane-3', '192.0.2.99', '255.255.255.0', 2, 2048],
      ['worker-1', '192.0.2.104', '255.255.255.0', 2, 4096],
      ['worker-2', '192.0.2.105', '255.255.255.0', 2, 4096],
    ]);
  });

  it('run by themselves what needs no other machine', () => {
    const scripts = Object.fromEntries(
      machines().machines.map(({ name, scripts }: { name: string; scripts: string[] }) => [name, scripts]),
    );
    expect(scripts['balancer-1']).toEqual(['prepare', 'load-balancer']);
    expect(scripts['control-plane-1']).toEqual(['prepare', 'containerd', 'packages']);
    expect(scripts['worker-1']).toEqual(['prepare', 'containerd', 'packages']);
  });

  it('have the mask of the range that holds their address', () => {
    const cluster = hostOnly(['192.0.2.0/25', '192.0.2.128/25']);
    expect(machines(cluster).machines[0].netmask).toBe('255.255.255.128');
  });

  it('have whole cores', () => {
    const half = { ...lab, workers: lab.workers.map((worker) => ({ ...worker, cpu: '2500m' })) };
    expect(machines(half).machines.at(-1).cpus).toBe(3);
  });

  it('are bridged where the specification says so', () => {
    expect(machines()).toMatchObject({ cluster: 'lab', box: 'debian/bookworm64', bridge: 'eno1' });
    expect(machines(hostOnly(['192.0.2.0/24']))).not.toHaveProperty('bridge');
  });

  it('are there for clusters of Vagrant alone', () => {
    expect(clusters.filter((cluster) => vagrant(cluster).length > 0).map(({ name }) => name)).toEqual(['lab']);
    expect(isOnMachines(lab) && machinesOf(lab)).toHaveLength(7);
  });
});

describe("VirtualBox's allow list", () => {
  it('names a host-only network that VirtualBox refuses by itself', () => {
    expect(contentOf(vagrant(hostOnly(['192.0.2.0/24'])), 'vbox-networks.conf')).toBe(
      '* 192.168.56.0/21 192.0.2.0/24\n',
    );
  });

  it.each([
    ['inside of the range that needs none', hostOnly(['192.168.60.0/24'])],
    ['bridged', lab],
  ])('is not there for a network that is %s', (_, cluster) => {
    const paths = vagrant({
      ...cluster,
      workers: [],
      build: { ...cluster.build, controlPlanes: [], balancing: { kind: 'nlb' } },
    } as Cluster).map(({ path }) => path);
    expect(paths).toEqual(['Vagrantfile', 'machines.json']);
  });
});
