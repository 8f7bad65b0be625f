import { faults, machineFaults, machines, worker, workers } from '../../support/clusters';

const [first] = machines.controlPlanes;
const planes = (count: number) => ({
  controlPlanes: Array.from({ length: count }, (_, index) => ({
    ...first,
    name: `plane-${index}`,
    address: `192.0.2.${97 + index}`,
  })),
});

describe('control planes', () => {
  it.each([1, 3, 5])('may be %i: a majority is more than half', (count) => {
    expect(machineFaults(planes(count))).toEqual([]);
  });

  it.each([
    [2, 1],
    [4, 3],
  ])('are not %i: that tolerates no more than %i does', (count, fewer) => {
    expect(machineFaults(planes(count))).toEqual([
      `cluster lab.build.controlPlanes: ${count} members of etcd tolerate as many failures as ${fewer}, and there is one more to fail; expected an odd number`,
    ]);
  });
});

describe('a machine of Kubernetes', () => {
  it('has two gibibytes at least', () => {
    expect(machineFaults({ controlPlanes: [{ ...first, memory: '1900Mi' }] })).toEqual([
      'cluster lab.build.controlPlanes.0.memory: 1900Mi is too little; expected at least 2Gi',
    ]);
    expect(machineFaults({}, { workers: [{ ...workers[0], memory: '1Gi' }] })).toEqual([
      'cluster lab.workers.0.memory: 1Gi is too little; expected at least 2Gi',
    ]);
  });

  it('has two cores at least: kubeadm refuses less', () => {
    expect(machineFaults({}, { workers: [{ ...workers[0], cpu: '1' }] })).toEqual([
      'cluster lab.workers.0.cpu: 1 is too little; expected at least 2: kubeadm refuses less',
    ]);
  });

  it('may be smaller where it is a container of kind', () => {
    expect(faults({ workers: [{ ...worker('kind-worker'), memory: '1Gi', cpu: '1' }] })).toEqual([]);
  });

  it('has an address where kubeadm makes the cluster', () => {
    expect(machineFaults({}, { workers: [worker('worker-1')] })).toEqual([
      'cluster lab.workers.0.address: is missing; expected its address, for kubeadm makes the cluster',
    ]);
  });
});

describe('names', () => {
  it.each([
    ['build.controlPlanes.0', { controlPlanes: [{ ...first, name: 'balancer-1' }] }, workers],
    ['workers.0', {}, [{ ...workers[0], name: 'control-plane-1' }]],
  ])('are each machine’s own, whatever it does: %s', (field, build, list) => {
    expect(machineFaults(build, { workers: list })).toEqual([
      expect.stringMatching(
        new RegExp(`^cluster lab\\.${field}\\.name: ".*" stands twice; expected a name of its own`),
      ),
    ]);
  });
});
