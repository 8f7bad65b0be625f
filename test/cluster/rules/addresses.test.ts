import { cidrs, machineFaults, machines, onMachines, workers } from '../../support/clusters';

const pair = (changed: object) => ({ balancing: { ...machines.balancing, ...changed } });
const planes = (...addresses: string[]) => ({
  controlPlanes: addresses.map((address, index) => ({ ...machines.controlPlanes[0], name: `plane-${index}`, address })),
});

describe('addresses of machines', () => {
  it('that fit together are read', () => {
    expect(() => onMachines()).not.toThrow();
  });

  it.each([
    ['build.balancing.vip', pair({ vip: '198.51.100.90' }), '198.51.100.90'],
    ['build.controlPlanes.0.address', planes('198.51.100.97'), '198.51.100.97'],
  ])('lie in the nodes’ network: %s', (field, build, address) => {
    expect(machineFaults(build)).toContain(
      `cluster lab.${field}: ${address} lies in no range of cidrs.nodes; expected one of 192.0.2.0/24`,
    );
  });

  it('of workers lie there, too', () => {
    expect(machineFaults({}, { workers: [{ ...workers[0], address: '198.51.100.104' }] })).toEqual([
      'cluster lab.workers.0.address: 198.51.100.104 lies in no range of cidrs.nodes; expected one of 192.0.2.0/24',
    ]);
  });

  it('are each machine’s own: the second one with an address is named, and the first', () => {
    expect(machineFaults(pair({ vip: '192.0.2.97' }))).toEqual([
      'cluster lab.build.controlPlanes.0.address: 192.0.2.97 is the address of build.balancing.vip, too; expected one of its own',
    ]);
  });

  it('are none that MetalLB hands out: two machines would answer to it', () => {
    expect(machineFaults({}, { metallbPool: '192.0.2.104/29' })).toEqual([
      'cluster lab.workers.0.address: 192.0.2.104 lies in metallbPool 192.0.2.104/29; expected an address that MetalLB does not hand out',
      'cluster lab.workers.1.address: 192.0.2.105 lies in metallbPool 192.0.2.104/29; expected an address that MetalLB does not hand out',
    ]);
  });

  it('of API servers lie where policies let pods reach them', () => {
    expect(machineFaults(planes('192.0.2.120'))).toEqual([
      'cluster lab.build.controlPlanes.0.address: 192.0.2.120 lies in no range of cidrs.api; policies would keep pods from this API server',
    ]);
  });
});

describe('an address that moves', () => {
  const nodes = ['192.0.2.0/25', '192.0.2.128/25'];

  it('stays in one network: ARP crosses no router', () => {
    expect(machineFaults(pair({ vip: '192.0.2.200' }), { cidrs: { ...cidrs, nodes } })).toEqual(
      [0, 1].map(
        (index) =>
          `cluster lab.build.balancing.machines.${index}.address: 192.0.2.9${index + 1} lies outside 192.0.2.128/25, the network of build.balancing.vip; expected one network, for the address moves by ARP`,
      ),
    );
  });

  it('stays in that of the control planes where those balance themselves', () => {
    const build = { balancing: { kind: 'control-planes', vip: '192.0.2.200' } };
    const faults = machineFaults(build, {
      cidrs: { ...cidrs, nodes },
      apiEndpoint: { host: 'api.lab.example.com', port: 8443 },
    });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(
      [0, 1, 2].map((index) => `cluster lab.build.controlPlanes.${index}.address`),
    );
  });
});

describe('networks of VirtualBox', () => {
  const vagrant = { vagrant: { box: 'debian/bookworm64', network: { kind: 'host-only' } } };
  const outside = (changed: object) => ({ cidrs: { ...cidrs, ...changed } });

  it('overlap neither pods nor Services: the seeds’ 192.168.0.0/16 did', () => {
    expect(machineFaults(vagrant, outside({ pods: ['192.168.0.0/16'] }))).toEqual([
      'cluster lab.cidrs.pods: 192.168.0.0/16 overlaps 192.168.56.0/21, the host-only networks of VirtualBox; expected ranges apart, or answers reach the wrong network',
    ]);
  });

  it('overlap no range at all where they are the NAT that every machine has', () => {
    expect(machineFaults(vagrant, outside({ services: ['10.0.0.0/16'] }))).toEqual([
      expect.stringMatching(/cidrs\.services: 10\.0\.0\.0\/16 overlaps 10\.0\.2\.0\/24, the NAT of VirtualBox/),
    ]);
  });

  it('may be those of the machines: that is what they are for', () => {
    const at = (last: number) => `192.168.56.${last}`;
    const facts = {
      cidrs: { ...cidrs, nodes: ['192.168.56.0/24'], api: ['192.168.56.0/24'] },
      metallbPool: '192.168.56.160/27',
      workers: [{ ...workers[0], address: at(104) }],
    };
    const build = { ...vagrant, balancing: { kind: 'nlb' }, ...planes(at(97), at(98), at(99)) };
    expect(machineFaults(build, facts)).toEqual([]);
  });

  it('are nobody’s concern without it', () => {
    expect(machineFaults({}, outside({ pods: ['192.168.0.0/16'] }))).toEqual([]);
  });
});

describe('the endpoint', () => {
  it.each(['192.0.2.90', '2001:db8::1'])(
    'is a name, not %s: it stands in certificates, and a name can move',
    (host) => {
      expect(machineFaults({}, { apiEndpoint: { host, port: 6443 } })).toEqual([
        `cluster lab.apiEndpoint.host: ${host} is an address; expected a name: it stands in every certificate and kubeconfig, and a name can move`,
      ]);
    },
  );

  it('has a port of its own where control planes balance themselves: theirs is taken', () => {
    const balancing = { kind: 'control-planes', vip: '192.0.2.90' };
    expect(machineFaults({ balancing })).toEqual([
      "cluster lab.apiEndpoint.port: 6443 is the API servers' own; expected another such as 8443, for the balancer stands on the same machines",
    ]);
    expect(machineFaults({ balancing }, { apiEndpoint: { host: 'api.lab.example.com', port: 8443 } })).toEqual([]);
  });
});
