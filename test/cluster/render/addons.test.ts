import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { load } from 'js-yaml';
import { addons } from '../../../cluster/render/addons';
import { downloads } from '../../../cluster/render/downloads';
import { kind as kindConfig } from '../../../cluster/render/kind';
import { kind } from '../../../cluster/specs/kind';
import { lab } from '../../../cluster/specs/lab';
import { production } from '../../../cluster/specs/production';
import { contentOf, documentsOf, labBuilt, labWith, pathsOf } from '../../support/machine-clusters';

type Row = Readonly<Record<string, string>>;

function rowsOf(content: string): Row[] {
  const [head = [], ...rows] = content
    .trim()
    .split('\n')
    .map((line) => line.split('\t'));
  return rows.map((cells) => Object.fromEntries(cells.map((cell, index) => [head[index], cell])));
}

const manifests = (cluster = lab) => rowsOf(contentOf(addons, cluster, 'addons/manifests.tsv'));
const namesOf = (cluster = lab) => manifests(cluster).map(({ name }) => name);

describe('what is installed into a cluster', () => {
  it('is its network, then who approves kubelets, then what stands on both', () => {
    expect(manifests().map(({ step, name }) => [step, name])).toEqual([
      ['network', 'calico-operator-crds'],
      ['network', 'calico-operator'],
      ['addons', 'kubelet-serving-cert-approver'],
      ['addons', 'metrics-server'],
      ['addons', 'metallb'],
      ['addons', 'haproxytech'],
    ]);
  });

  it('is what the specification asks for', () => {
    expect(namesOf(production)).not.toContain('metallb');
    expect(namesOf(labBuilt({ addons: { cni: { name: 'calico' }, metricsServer: false } }))).not.toContain(
      'metrics-server',
    );
    expect(namesOf(labBuilt({ addons: { cni: { name: 'calico' }, localPathProvisioner: true } }))).toContain(
      'local-path-provisioner',
    );
    expect(namesOf(labWith({ ingressController: undefined }))).not.toContain('haproxytech');
  });

  it('is the network alone in a cluster of kind, which has no machines to install it from', () => {
    expect(pathsOf(addons, kind)).toEqual(['addons/calico.yaml']);
  });

  it.each([
    ['lab', labBuilt({ addons: { cni: { name: 'calico' }, localPathProvisioner: true } })],
    ['production', production],
  ])('can be fetched: every name of %s is a download', (_, cluster) => {
    const fetched = rowsOf(contentOf(downloads, cluster, 'downloads.tsv')).map(({ name }) => name);
    expect(fetched).toEqual(expect.arrayContaining(namesOf(cluster)));
  });

  it.each([
    ['lab', lab],
    ['production', production],
  ])('finds its file of ours, and each of ours is used, in %s', (_, cluster) => {
    const named = manifests(cluster).flatMap(({ own }) => (own === '-' ? [] : [`addons/${own}`]));
    const rendered = pathsOf(addons, cluster).filter((path) => path !== 'addons/manifests.tsv');
    expect(named.sort()).toEqual(rendered.sort());
  });

  it('has no empty cell, which a shell that reads the line would skip', () => {
    expect(manifests().flatMap((row) => Object.values(row))).not.toContain('');
  });

  it('waits for what judges or serves the objects that follow', () => {
    const waits = Object.fromEntries(manifests().map(({ name, namespace, wait }) => [name, `${namespace} ${wait}`]));
    expect(waits).toMatchObject({
      'calico-operator': 'tigera-operator deployment/tigera-operator',
      metallb: 'metallb-system deployment/controller',
      'metrics-server': 'kube-system deployment/metrics-server',
    });
  });
});

describe('the network between pods', () => {
  const network = (cluster = lab) => documentsOf(addons, cluster, 'addons/calico.yaml')[0].spec.calicoNetwork;

  it('hands out the addresses of the specification', () => {
    expect(network().ipPools).toEqual([
      { name: 'pods-1', cidr: '10.244.0.0/16', encapsulation: 'VXLAN', natOutgoing: 'Enabled', nodeSelector: 'all()' },
    ]);
  });

  it('finds nodes by their ranges, never by the first address that there is', () => {
    expect(network().nodeAddressAutodetectionV4).toEqual({ cidrs: ['192.0.2.0/24'] });
  });

  it('needs no BGP in VXLAN, and has nothing else to tell routes by without', () => {
    expect(network().bgp).toBe('Disabled');
    const plain = network(labBuilt({ addons: { cni: { name: 'calico', encapsulation: 'None' } } }));
    expect(plain).toMatchObject({ bgp: 'Enabled', ipPools: [{ encapsulation: 'None' }] });
  });

  it("is the same in containers, by rules of the same kind as kind's own", () => {
    expect(network(kind)).toMatchObject({
      linuxDataplane: 'Nftables',
      ipPools: [{ cidr: '10.244.0.0/16', encapsulation: 'VXLAN' }],
      nodeAddressAutodetectionV4: { cidrs: ['172.18.0.0/16'] },
    });
    expect(documentsOf(kindConfig, kind, 'kind-config.yaml')[0].networking.kubeProxyMode).toBe('nftables');
  });

  it('leaves the MTU to Calico', () => {
    expect(network()).not.toHaveProperty('mtu');
  });

  it('brings the API of its own policies', () => {
    expect(documentsOf(addons, lab, 'addons/calico.yaml')[1]).toMatchObject({
      kind: 'APIServer',
      metadata: { name: 'default' },
    });
  });
});

describe('addresses of Services', () => {
  const [pool, advertisement] = documentsOf(addons, lab, 'addons/metallb.yaml');

  /** The schema that an API server would hold an object against; unknown fields are refused, not pruned. */
  function faultsOf(file: string, object: object): unknown {
    const crd = load(readFileSync(join(__dirname, '../../../imports/metallb', file), 'utf8')) as {
      spec: { versions: { name: string; schema: { openAPIV3Schema: object } }[] };
    };
    const schema = crd.spec.versions.find(({ name }) => name === 'v1beta1')?.schema.openAPIV3Schema;
    const validate = new Ajv({ strict: false, validateFormats: false }).compile(closed(schema) as object);
    validate(object);
    return validate.errors;
  }

  function closed(schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map(closed);
    if (typeof schema !== 'object' || schema === null) return schema;
    const fields = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
    return 'properties' in schema ? { ...fields, additionalProperties: false } : fields;
  }

  it('are of the pool, in the form that MetalLB publishes', () => {
    expect(pool.spec).toEqual({ addresses: ['192.0.2.160/27'] });
    expect(faultsOf('metallb-0.16.1-ipaddresspools.crd.yaml', pool)).toBeNull();
    expect(faultsOf('metallb-0.16.1-l2advertisements.crd.yaml', advertisement)).toBeNull();
  });

  it('in another form would be noticed', () => {
    const misspelt = { ...pool, spec: { address: pool.spec.addresses } };
    expect(faultsOf('metallb-0.16.1-ipaddresspools.crd.yaml', misspelt)).not.toBeNull();
  });

  it("are announced in the nodes' network alone", () => {
    expect(advertisement.spec).toEqual({ ipAddressPools: [pool.metadata.name], interfaces: ['eth1'] });
  });
});

describe('the ingress controller', () => {
  const haproxy = (cluster = lab) => documentsOf(addons, cluster, 'addons/haproxytech.values.yaml')[0].controller;
  const traefik = documentsOf(addons, production, 'addons/traefik.values.yaml')[0];

  it('serves the class that the cluster provides, and no Ingress without a class', () => {
    expect(haproxy()).toMatchObject({
      ingressClass: 'haproxy',
      ingressClassResource: { name: 'haproxy', default: false },
    });
    expect(traefik.ingressClass).toEqual({ enabled: true, isDefaultClass: false, name: 'traefik' });
  });

  it('has an address of its own where MetalLB hands them out', () => {
    expect(haproxy().service).toEqual({ type: 'LoadBalancer' });
  });

  it('has fixed ports of every node elsewhere, which a balancer outside can be pointed at', () => {
    expect(traefik).toMatchObject({
      service: { type: 'NodePort' },
      ports: { web: { nodePort: 30080 }, websecure: { nodePort: 30443 } },
    });
    expect(haproxy(labWith({ metallbPool: undefined, nodePortRange: [31000, 31999] })).service).toEqual({
      type: 'NodePort',
      nodePorts: { http: 31080, https: 31443 },
    });
  });

  it('is there twice, and a drain takes one at a time', () => {
    expect(haproxy()).toMatchObject({ replicaCount: 2, PodDisruptionBudget: { enable: true, maxUnavailable: 1 } });
    expect(traefik).toMatchObject({
      deployment: { replicas: 2 },
      podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    });
  });
});
