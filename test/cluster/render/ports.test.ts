import { machinesOf } from '../../../cluster/machines';
import { portsOf } from '../../../cluster/render/ports';
import { onMachines } from '../../support/clusters';

type OnMachines = ReturnType<typeof onMachines>;

/** Ports that a machine opens: `tcp 6443 from 192.0.2.0/24`. */
function opened(cluster: OnMachines, name: string): string[] {
  const machine = machinesOf(cluster).find((one) => one.name === name);
  if (!machine) throw new Error(`no machine ${name}`);
  return portsOf(cluster, machine).map(([protocol, ports, source]) => `${protocol} ${ports} from ${source}`);
}

const lab = onMachines();

describe('ports', () => {
  it('of a balancer: the API for everybody, and VRRP from the other one alone', () => {
    expect(opened(lab, 'balancer-1')).toEqual(['tcp 6443 from 0.0.0.0/0', 'vrrp - from 192.0.2.92']);
  });

  it('of a control plane: the API from nodes and pods, etcd from control planes alone', () => {
    expect(opened(lab, 'control-plane-1').filter((line) => / (6443|2379-2380) /.test(line))).toEqual([
      'tcp 6443 from 192.0.2.0/24',
      'tcp 6443 from 10.244.0.0/16',
      'tcp 2379-2380 from 192.0.2.97',
      'tcp 2379-2380 from 192.0.2.98',
      'tcp 2379-2380 from 192.0.2.99',
    ]);
  });

  it('of a control plane behind a cloud’s balancer: the API from that one’s subnet, too', () => {
    const cidrs = { ...lab.cidrs, snat: ['198.51.100.128/28'] };
    expect(opened(onMachines({ balancing: { kind: 'nlb' } }, { cidrs }), 'control-plane-1')).toContain(
      'tcp 6443 from 198.51.100.128/28',
    );
  });

  it.each(['control-plane-1', 'worker-1'])(
    'of a node: kubelet and Calico from nodes, everything from pods: %s',
    (name) => {
      expect(opened(lab, name)).toEqual(
        expect.arrayContaining([
          'tcp 10250 from 192.0.2.0/24',
          'udp 4789 from 192.0.2.0/24',
          'tcp 5473 from 192.0.2.0/24',
          'all - from 10.244.0.0/16',
        ]),
      );
    },
  );

  it('of a node without encapsulation: BGP instead of VXLAN', () => {
    const routed = opened(onMachines({ addons: { cni: { name: 'calico', encapsulation: 'None' } } }), 'worker-1');
    expect(routed).toContain('tcp 179 from 192.0.2.0/24');
    expect(routed).not.toContain('udp 4789 from 192.0.2.0/24');
  });

  it('of a worker: NodePorts for everybody, nothing of etcd or the API', () => {
    const lines = opened(lab, 'worker-1');
    expect(lines).toContain('tcp 30000-32767 from 0.0.0.0/0');
    expect(lines.filter((line) => / (6443|2379-2380) /.test(line))).toEqual([]);
    expect(opened(lab, 'control-plane-1')).not.toContain('tcp 30000-32767 from 0.0.0.0/0');
  });

  it('of MetalLB are open where it announces, on nodes only', () => {
    const pooled = onMachines({}, { metallbPool: '192.0.2.160/27' });
    expect(opened(pooled, 'worker-1')).toEqual(
      expect.arrayContaining(['tcp 7946 from 192.0.2.0/24', 'udp 7946 from 192.0.2.0/24']),
    );
    for (const lines of [opened(lab, 'worker-1'), opened(pooled, 'balancer-1')]) {
      expect(lines.filter((line) => line.includes('7946'))).toEqual([]);
    }
  });

  it('of control planes that balance themselves: the balanced API on its own port, VRRP from the others', () => {
    const own = onMachines(
      { balancing: { kind: 'control-planes', vip: '192.0.2.90' } },
      { apiEndpoint: { host: 'api.lab.example.com', port: 8443 } },
    );
    expect(opened(own, 'control-plane-1')).toEqual(
      expect.arrayContaining(['tcp 8443 from 0.0.0.0/0', 'vrrp - from 192.0.2.98', 'vrrp - from 192.0.2.99']),
    );
  });
});
