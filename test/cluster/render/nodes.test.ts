import { execFileSync } from 'node:child_process';
import { nodes } from '../../../cluster/render/nodes';
import { clusterWith, onMachines } from '../../support/clusters';

const files = (cluster: ReturnType<typeof onMachines>): Record<string, string> =>
  Object.fromEntries(nodes(cluster).map(({ path, content }) => [path, content]));
const lab = files(onMachines());

/** What a shell reads of the facts: in an empty environment, so that nothing else is there. */
function sourced(text: string, ...names: string[]): string[] {
  const script = `set -eu\n${text}\nprintf '%s\\n' ${names.map((name) => `"$${name}"`).join(' ')}`;
  return execFileSync('/bin/sh', ['-c', script], { env: {}, encoding: 'utf8' }).split('\n').slice(0, -1);
}

describe('facts of a machine', () => {
  it('are what a shell reads: who it is, and where the API is', () => {
    const names = ['NODE_NAME', 'NODE_ROLE', 'NODE_ADDRESS', 'NODE_INTERFACE', 'API_HOST', 'API_PORT', 'CLUSTER'];
    expect(sourced(lab['nodes/control-plane-2/node.env'] ?? '', ...names)).toEqual([
      'control-plane-2',
      'control-plane',
      '192.0.2.98',
      'eth1',
      'api.lab.example.com',
      '6443',
      'lab',
    ]);
  });

  it('name the control planes, and the first of them', () => {
    expect(sourced(lab['nodes/worker-1/node.env'] ?? '', 'CONTROL_PLANES', 'FIRST_CONTROL_PLANE')).toEqual([
      'control-plane-1 control-plane-2 control-plane-3',
      'control-plane-1',
    ]);
  });

  it('carry exact versions of what its scripts install', () => {
    const names = ['KUBERNETES_VERSION', 'KUBERNETES_MINOR', 'CONTAINERD_VERSION', 'RUNC_VERSION'];
    expect(sourced(lab['nodes/worker-1/node.env'] ?? '', ...names)).toEqual(['1.36.3', '1.36', '2.3.7', '1.4.3']);
  });

  it.each([
    ['nodes/balancer-1/node.env', 'true'],
    ['nodes/control-plane-1/node.env', 'false'],
  ])('say whether HAProxy runs there: %s %s', (path, runs) => {
    expect(sourced(lab[path] ?? '', 'BALANCES', 'VIP')).toEqual([runs, '192.0.2.90']);
  });

  it('have no address that moves where none does', () => {
    const cloud = files(onMachines({ balancing: { kind: 'nlb' } }));
    expect(sourced(cloud['nodes/worker-1/node.env'] ?? '', 'VIP')).toEqual(['']);
  });
});

describe('names of machines', () => {
  it('lead to all of them and to the API on every machine, without a name server', () => {
    expect(lab['nodes/worker-2/hosts']?.split('\n')).toEqual([
      '192.0.2.91 balancer-1',
      '192.0.2.92 balancer-2',
      '192.0.2.97 control-plane-1',
      '192.0.2.98 control-plane-2',
      '192.0.2.99 control-plane-3',
      '192.0.2.104 worker-1',
      '192.0.2.105 worker-2',
      '192.0.2.90 api.lab.example.com',
      '',
    ]);
  });

  it('lead to the one balancer where there is one', () => {
    const single = {
      kind: 'single',
      machines: [{ name: 'balancer', address: '192.0.2.91', cpu: '1', memory: '1Gi' }],
    } as const;
    expect(files(onMachines({ balancing: single }))['nodes/worker-1/hosts']).toContain(
      '192.0.2.91 api.lab.example.com\n',
    );
  });

  it('leave the API to DNS where a cloud balances: its addresses change', () => {
    expect(files(onMachines({ balancing: { kind: 'nlb' } }))['nodes/worker-1/hosts']).not.toContain(
      'api.lab.example.com',
    );
  });
});

describe('taints', () => {
  it('are listed as kubectl reads them', () => {
    const [plane] = onMachines().build.controlPlanes;
    const tainted = [
      {
        ...plane,
        name: 'a',
        address: '192.0.2.97',
        taints: [{ key: 'prd', value: 'true', effect: 'NoExecute' as const }],
      },
    ];
    expect(files(onMachines({ controlPlanes: tainted as never }))['taints.tsv']).toBe(
      'node\ttaint\na\tprd=true:NoExecute\n',
    );
    expect(lab['taints.tsv']?.split('\n')[1]).toBe('control-plane-1\tnode-role.kubernetes.io/control-plane:NoSchedule');
  });
});

describe('a cluster of containers', () => {
  it('has no machines', () => {
    expect(nodes(clusterWith({}))).toEqual([]);
  });
});
