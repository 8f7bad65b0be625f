import { cidrs, machineFaults, machines, workers } from '../../support/clusters';

const aws = {
  region: 'eu-central-1',
  account: '123456789012',
  network: '192.0.2.0/24',
  subnets: [{ zone: 'a', cidr: '192.0.2.0/24' }],
  instances: { controlPlane: 'm6i.large', worker: 'm6i.large' },
  kops: { stateBucket: 'state', dnsZone: 'k8s.example.com' },
};
const planes = machines.controlPlanes.map((plane) => ({ ...plane, zone: 'a' }));
const inZone = workers.map((worker) => ({ ...worker, zone: 'a' }));
const judge = (changed: object, facts: object = {}) =>
  machineFaults(
    { balancing: { kind: 'nlb' }, controlPlanes: planes, aws: { ...aws, ...changed } },
    { workers: inZone, ...facts },
  );

describe('subnets', () => {
  it('that hold their machines are read', () => {
    expect(judge({})).toEqual([]);
  });

  it('lie in the network', () => {
    expect(judge({ network: '192.0.2.0/25' })).toEqual([
      'cluster lab.build.aws.subnets.0.cidr: 192.0.2.0/24 is no part of build.aws.network 192.0.2.0/25',
    ]);
  });

  it('lie in the nodes’ ranges: policies and firewalls name those', () => {
    expect(judge({}, { cidrs: { ...cidrs, nodes: ['192.0.2.0/25'] } })).toEqual([
      'cluster lab.build.aws.subnets.0.cidr: 192.0.2.0/24 is in no range of cidrs.nodes; expected one of 192.0.2.0/25',
    ]);
  });

  it('do not overlap', () => {
    const subnets = [...aws.subnets, { zone: 'b', cidr: '192.0.2.128/25' }];
    expect(judge({ subnets })).toEqual([
      'cluster lab.build.aws.subnets.1.cidr: 192.0.2.128/25 overlaps 192.0.2.0/24 of zone a',
    ]);
  });

  it('hold the machines of their zone', () => {
    expect(judge({ subnets: [{ zone: 'a', cidr: '192.0.2.96/29' }] })).toEqual(
      [104, 105].map(
        (last, index) =>
          `cluster lab.workers.${index}.address: 192.0.2.${last} lies outside 192.0.2.96/29, the subnet of a`,
      ),
    );
  });

  it('are there for every zone', () => {
    expect(judge({}, { workers: inZone.map((worker) => ({ ...worker, zone: 'c' })) })).toEqual(
      [0, 1].map((index) => `cluster lab.workers.${index}.zone: "c" has no subnet; expected one of a`),
    );
  });

  it('are not those of pods or Services', () => {
    expect(judge({ network: '0.0.0.0/0' })).toEqual([
      'cluster lab.build.aws.network: 0.0.0.0/0 overlaps 10.244.0.0/16',
      'cluster lab.build.aws.network: 0.0.0.0/0 overlaps 10.96.0.0/16',
    ]);
  });
});
