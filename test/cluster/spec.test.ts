import { cluster } from '../../cluster/spec';
import { cidrs, clusterWith, type Facts, faults, minimal, worker } from '../support/clusters';

describe('the facts of a cluster', () => {
  it('stand as they were written', () => {
    expect(clusterWith({})).toMatchObject(minimal);
  });

  it.each(['name', 'apiEndpoint', 'kubernetes', 'cidrs', 'workers', 'provides'])('are refused without %s', (field) => {
    const { [field]: _, ...rest } = { ...minimal } as Record<string, unknown>;
    expect(() => cluster(rest as unknown as Facts)).toThrow(`.${field}: is missing`);
  });

  it('are frozen: every environment on the cluster reads the same ones', () => {
    const { apiEndpoint, workers, ingressController, ...spec } = clusterWith({
      ingressController: { implementation: 'traefik', namespace: 'traefik', podLabels: { app: 'traefik' } },
      cidrs: { ...cidrs, snat: ['198.51.100.128/28'] },
    });
    const parts = [
      apiEndpoint,
      workers,
      workers[0],
      ingressController,
      ingressController?.podLabels,
      spec.cidrs,
      ...Object.values(spec.cidrs),
      spec.provides,
    ];
    expect(parts.every(Object.isFrozen)).toBe(true);
  });

  it('are frozen where they are defaults: clusters share those', () => {
    const { nodePortRange, workers, cidrs, provides } = clusterWith({});
    const defaults = [nodePortRange, workers[0]?.taints, cidrs.snat, provides.storageClasses, provides.ingressClasses];
    expect(defaults.map(Object.isFrozen)).toEqual([true, true, true, true, true]);
  });

  it('with an unknown field are refused with the nearest one', () => {
    expect(faults({ metalLbPool: '192.0.2.160/27' })).toEqual([
      'cluster lab: unknown field `metalLbPool`; did you mean `metallbPool`?',
    ]);
  });

  it('with an unknown field of a worker are refused with its place', () => {
    expect(faults({ workers: [worker('a'), { ...worker('b'), cpus: '4' }] })).toEqual([
      'cluster lab.workers.1: unknown field `cpus`; did you mean `cpu`?',
    ]);
  });

  it('with an unknown range are refused', () => {
    expect(faults({ cidrs: { ...cidrs, service: ['10.97.0.0/16'] } })).toEqual([
      'cluster lab.cidrs: unknown field `service`; did you mean `services`?',
    ]);
  });
});

describe('what is left out', () => {
  it('is the range of ports that kube-apiserver has when nobody sets one', () => {
    expect(clusterWith({}).nodePortRange).toEqual([30000, 32767]);
  });

  it('is no taint: a worker takes every pod', () => {
    expect(clusterWith({}).workers[0]?.taints).toEqual([]);
  });

  it('is no address that stands in for a client', () => {
    expect(clusterWith({}).cidrs.snat).toEqual([]);
  });

  it('is no object that the cluster brings', () => {
    expect(clusterWith({}).provides).toEqual({ storageClasses: [], ingressClasses: [] });
  });

  it('is neither an ingress controller, nor monitoring, nor a pool of addresses', () => {
    const { ingressController, monitoring, metallbPool } = clusterWith({});
    expect([ingressController, monitoring, metallbPool]).toEqual([undefined, undefined, undefined]);
  });
});

describe('what is given', () => {
  const given: Partial<Facts> = {
    nodePortRange: [31000, 31999],
    workers: [{ ...worker('a'), taints: [{ key: 'prd', value: 'true', effect: 'NoSchedule' }] }],
    monitoring: { namespace: 'monitoring', podLabels: { app: 'prometheus' } },
    metallbPool: '192.0.2.160/27',
    provides: { storageClasses: ['standard'], ingressClasses: ['nginx'] },
    ingressController: { implementation: 'haproxytech', namespace: 'haproxy', podLabels: { app: 'haproxy' } },
  };

  it('is read instead of a default', () => {
    expect(clusterWith(given)).toMatchObject(given);
  });

  it.each(['traefik', 'haproxytech', 'ingress-nginx'] as const)(
    'may be the ingress controller %s',
    (implementation) => {
      const ingressController = { implementation, namespace: 'ingress', podLabels: {} };
      expect(clusterWith({ ingressController }).ingressController?.implementation).toBe(implementation);
    },
  );

  it.each(['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const)('may be a taint with the effect %s', (effect) => {
    const workers = [{ ...worker('a'), taints: [{ key: 'prd', value: 'true', effect }] }];
    expect(clusterWith({ workers }).workers[0]?.taints[0]?.effect).toBe(effect);
  });
});

describe('a field out of its bounds', () => {
  it.each([
    ['a name that is no DNS label', { name: 'Lab' }, 'cluster Lab.name: "Lab" is not a DNS label'],
    ['a port that does not exist', { apiEndpoint: { host: 'api', port: 0 } }, 'apiEndpoint.port: 0 is too small'],
    ['a host with a scheme', { apiEndpoint: { host: 'https://api', port: 1 } }, 'apiEndpoint.host: "https://api"'],
    ['a patch release', { kubernetes: '1.36.2' }, 'cluster lab.kubernetes: '],
    [
      'an ancient release',
      { kubernetes: '1.9' },
      'cluster lab.kubernetes: "1.9" is not a minor of Kubernetes such as 1.36',
    ],
    [
      'a range that runs backwards',
      { nodePortRange: [32767, 30000] },
      'nodePortRange: [ 32767, 30000 ] runs backwards; expected first and last',
    ],
    ['a major release that nobody tested', { kubernetes: '2.10' }, 'cluster lab.kubernetes: '],
    ['a release with a letter before it', { kubernetes: 'v1.36' }, 'cluster lab.kubernetes: '],
    ['a release without its dot', { kubernetes: '1x36' }, 'cluster lab.kubernetes: '],
    ['no worker', { workers: [] }, 'workers: [] is too small; expected at least 1'],
    ['a worker without a zone', { workers: [{ ...worker('a'), zone: '' }] }, 'workers.0.zone: "" is no zone'],
    [
      'a zone that is no label’s value',
      { workers: [{ ...worker('a'), zone: 'rack 1' }] },
      'workers.0.zone: "rack 1" is no zone',
    ],
    ['a worker with a bad name', { workers: [worker('worker_1')] }, 'workers.0.name: "worker_1" is not a DNS label'],
    ['cores in bytes', { workers: [{ ...worker('a'), cpu: '2Gi' }] }, 'workers.0.cpu: "2Gi" is not an amount of CPU'],
    ['memory in decimals', { workers: [{ ...worker('a'), memory: '4G' }] }, 'workers.0.memory: "4G" is not an amount'],
    [
      'one port as a range',
      { nodePortRange: [30000] },
      'nodePortRange: [ 30000 ] is too small; expected at least 2 entries',
    ],
    ['a range that begins before the first port', { nodePortRange: [0, 32767] }, 'nodePortRange.0: 0 is too small'],
    [
      'a range that ends behind the last port',
      { nodePortRange: [30000, 99999] },
      'nodePortRange.1: 99999 is too large',
    ],
    ['a pool that is an address', { metallbPool: '192.0.2.160' }, 'metallbPool: "192.0.2.160" is not a network'],
    [
      'a class with a bad name',
      { provides: { storageClasses: ['Fast'] } },
      'provides.storageClasses.0: "Fast" is not a DNS label',
    ],
    [
      'an ingress class with a bad name',
      { provides: { ingressClasses: ['Fast'] } },
      'provides.ingressClasses.0: "Fast" is not a DNS label',
    ],
    [
      'monitoring without labels, which would let every pod of the namespace scrape',
      { monitoring: { namespace: 'monitoring' } },
      'monitoring.podLabels: is missing',
    ],
    [
      'an unknown effect',
      { workers: [{ ...worker('a'), taints: [{ key: 'prd', value: 'true', effect: 'NoSchedul' }] }] },
      'workers.0.taints.0.effect: "NoSchedul": did you mean `NoSchedule`?',
    ],
    [
      'an unknown controller',
      { ingressController: { implementation: 'traefk', namespace: 'a', podLabels: {} } },
      'ingressController.implementation: "traefk": did you mean `traefik`?',
    ],
  ])('is refused with its path and value: %s', (_, facts, expected) => {
    expect(faults(facts)).toEqual([expect.stringContaining(expected)]);
  });

  it.each(['api', 'nodes', 'pods', 'services'] as const)(
    'is an empty list of %s: a policy would allow nobody',
    (field) => {
      expect(faults({ cidrs: { ...cidrs, [field]: [] } })).toEqual([
        `cluster lab.cidrs.${field}: [] is too small; expected at least 1 entry`,
      ]);
    },
  );

  it.each(['api', 'nodes', 'pods', 'services', 'snat'] as const)('is a range of %s with host bits', (field) => {
    expect(faults({ cidrs: { ...cidrs, [field]: ['10.0.0.1/8'] } })).toEqual([
      expect.stringContaining(`cluster lab.cidrs.${field}.0: "10.0.0.1/8" is not a network`),
    ]);
  });

  it('is reported beside every other one', () => {
    expect(faults({ kubernetes: 1.36, workers: [] })).toEqual([
      'cluster lab.kubernetes: 1.36 is not a string',
      'cluster lab.workers: [] is too small; expected at least 1 entry',
    ]);
  });
});

describe('workers', () => {
  it('with one name are refused, naming the second one: a volume would be bound to either', () => {
    expect(faults({ workers: [worker('a'), worker('b'), worker('a')] })).toEqual([
      'cluster lab.workers.2.name: "a" stands twice; expected a name of its own for each machine',
    ]);
  });

  it('are refused beside ranges that overlap, so that one run tells of both', () => {
    expect(faults({ workers: [worker('a'), worker('a')], cidrs: { ...cidrs, pods: ['10.0.0.0/8'] } })).toHaveLength(2);
  });
});

describe('the end of the API', () => {
  it.each(['api.lab.example.com', '192.0.2.10', '2001:db8::10'])('may be %s', (host) => {
    expect(clusterWith({ apiEndpoint: { host, port: 6443 } }).apiEndpoint.host).toBe(host);
  });
});
