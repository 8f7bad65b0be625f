import { balancersOf, machinesOf } from '../../cluster/machines';
import { planOf, type Step } from '../../cluster/plan';
import { onMachines } from '../support/clusters';

const plan = planOf(onMachines());
const of = (script: string): Step[] => plan.filter((step) => step.script === script);
const place = (script: string, machine?: string): number =>
  plan.findIndex((step) => step.script === script && (machine === undefined || step.machine === machine));

const selfBalanced = onMachines(
  { balancing: { kind: 'control-planes', vip: '192.0.2.90' } },
  { apiEndpoint: { host: 'api.lab.example.com', port: 8443 } },
);
const inCloud = onMachines({ balancing: { kind: 'nlb' } });

describe('machines', () => {
  it('come in the order in which they are built', () => {
    expect(machinesOf(onMachines()).map(({ name, role }) => [name, role])).toEqual([
      ['balancer-1', 'balancer'],
      ['balancer-2', 'balancer'],
      ['control-plane-1', 'control-plane'],
      ['control-plane-2', 'control-plane'],
      ['control-plane-3', 'control-plane'],
      ['worker-1', 'worker'],
      ['worker-2', 'worker'],
    ]);
  });

  it('that balance are the pair, the control planes themselves, or none where a cloud does', () => {
    const names = [onMachines(), selfBalanced, inCloud].map((one) => balancersOf(one).map(({ name }) => name));
    expect(names).toEqual([
      ['balancer-1', 'balancer-2'],
      ['control-plane-1', 'control-plane-2', 'control-plane-3'],
      [],
    ]);
  });

  it('of the control plane keep workloads away unless the specification says otherwise', () => {
    const [, , plane] = machinesOf(onMachines());
    expect(plane?.taints).toEqual([{ key: 'node-role.kubernetes.io/control-plane', value: '', effect: 'NoSchedule' }]);
  });
});

describe('the plan', () => {
  it('prepares every machine before anything else', () => {
    expect(plan.slice(0, 7).map(({ script }) => script)).toEqual(Array(7).fill('prepare'));
  });

  it('gives containers and kubeadm to nodes alone', () => {
    for (const script of ['containerd', 'packages']) {
      expect(of(script).map(({ machine }) => machine)).toEqual([
        'control-plane-1',
        'control-plane-2',
        'control-plane-3',
        'worker-1',
        'worker-2',
      ]);
    }
  });

  it('has balancers before the first control plane: its certificates and kubeconfigs name their address', () => {
    expect(of('load-balancer').map(({ machine }) => machine)).toEqual(['balancer-1', 'balancer-2']);
    expect(place('load-balancer', 'balancer-2')).toBeLessThan(place('control-plane'));
  });

  it('balances on the control planes where those do it, and nowhere where a cloud does', () => {
    const balanced = (cluster: typeof inCloud) =>
      planOf(cluster).flatMap(({ script, machine }) => (script === 'load-balancer' ? [machine] : []));
    expect(balanced(selfBalanced)).toEqual(['control-plane-1', 'control-plane-2', 'control-plane-3']);
    expect(balanced(inCloud)).toEqual([]);
  });

  it('begins one control plane, gives it a network, and lets the others join it, control planes first', () => {
    expect(of('control-plane').map(({ machine }) => machine)).toEqual(['control-plane-1']);
    expect(place('network')).toBe(place('control-plane') + 1);
    expect(of('join').map(({ machine, joinsBy, role }) => [machine, joinsBy, role])).toEqual([
      ['control-plane-2', 'control-plane-1', 'control-plane'],
      ['control-plane-3', 'control-plane-1', 'control-plane'],
      ['worker-1', 'control-plane-1', 'worker'],
      ['worker-2', 'control-plane-1', 'worker'],
    ]);
  });

  it('puts add-ons on nodes that are there and tainted', () => {
    expect(place('addons')).toBe(place('taints') + 1);
    expect(place('taints')).toBeGreaterThan(place('join', 'worker-2'));
  });

  it('backs up etcd and renews certificates on every control plane', () => {
    for (const script of ['etcd-backup', 'certificates']) expect(of(script)).toHaveLength(3);
  });
});
