import { environments } from '../../../charts/environments';
import { kind } from '../../../charts/environments/kind';
import { lab } from '../../../charts/environments/lab';
import { production } from '../../../charts/environments/production';
import { faultsOf } from '../../support/faults';
import { sampleEnvironment } from '../../support/rendered';
import { sampleApp } from '../../support/web';

type Fields = Parameters<typeof sampleEnvironment>[1];
const refusal = (fields: object) => faultsOf(() => sampleEnvironment([], fields as Fields));

describe('an environment', () => {
  it.each(['cluster', 'inventory'])('is not called %s: dist/ has that folder already', (name) => {
    expect(refusal({ name })).toEqual([`${name}.name: "${name}" is a folder of dist/ already; expected another name`]);
  });

  it('is not called what no folder or label can be', () => {
    expect(refusal({ name: 'Prod_1' })).toEqual([
      'Prod_1.name: "Prod_1" is not a DNS label: 1 to 63 of a–z, 0–9 and "-", beginning and ending with a letter or digit',
    ]);
  });

  it.each([
    [{ namespaces: 'chat' }, 'sample: unknown field `namespaces`; did you mean `namespace`?'],
    [{ secretDelivery: 'file' }, 'sample.secretDelivery: "file": did you mean `files`?'],
    [
      { clients: ['198.51.100.1/24'] },
      'sample.clients.0: "198.51.100.1/24" is not a network in CIDR form with zero host bits, such as 192.0.2.0/24',
    ],
    [{ viewers: '' }, 'sample.viewers: "" is too small; expected at least 1 character'],
    [{ storage: { provisioner: 'nfs', class: 'a' } }, 'sample.storage.provisioner: "nfs": did you mean `ebs`?'],
    [
      { dedicatedNodes: { key: 'prd', value: 'true', effect: 'NoSchedul' } },
      'sample.dedicatedNodes.effect: "NoSchedul": did you mean `NoSchedule`?',
    ],
    [
      { storage: { provisioner: 'local', class: 'a', volumes: [{ node: 'a', path: 'mnt', size: '1Gi' }] } },
      'sample.storage.volumes.0.path: is not an absolute path',
    ],
  ])('is refused with field, value and expectation: %j', (fields, fault) => {
    expect(refusal(fields)).toEqual([fault]);
  });

  it('cannot be changed once it was read, at any depth', () => {
    const read = sampleEnvironment([sampleApp('notes')({})], { clients: ['198.51.100.0/24'] });
    const parts = [
      read,
      read.run,
      read.clients,
      read.images,
      read.images.pins,
      read.quota,
      read.quota.cpu,
      read.storage,
      read.cluster,
      read.cluster.cidrs.nodes,
    ];
    expect(parts.map((part) => Object.isFrozen(part))).toEqual(parts.map(() => true));
  });

  it('opens NodePorts and load balancers to nobody unless clients are named', () => {
    expect(sampleEnvironment([]).clients).toEqual([]);
  });
});

describe('the environments', () => {
  it('are these', () => {
    expect(environments.map(({ name }) => name)).toEqual(['production', 'kind', 'lab']);
  });

  it('get images as their cluster does: by digest from registries, by tag where they are loaded', () => {
    const how = environments.map(({ images }) => [images.reference, images.pullPolicy, images.mirror ?? 'docker.io']);
    expect(how).toEqual([
      ['digest', 'Always', 'docker.io'],
      ['tag', 'IfNotPresent', 'docker.io'],
      ['digest', 'Always', 'registry.lab.example.com:5000'],
    ]);
  });

  it('route by the controller that their cluster runs', () => {
    expect(environments.map(({ cluster }) => cluster.ingressController?.implementation)).toEqual([
      'traefik',
      'ingress-nginx',
      'haproxytech',
    ]);
  });

  it('deliver secrets as files where machines are shared, as variables on a laptop', () => {
    expect([production, lab, kind].map(({ secretDelivery }) => secretDelivery)).toEqual(['files', 'files', 'env']);
  });

  it('use documentation addresses and the sample account only: nobody deploys to a stranger by accident', () => {
    for (const { cluster, clients } of [production, lab]) {
      for (const network of [...cluster.cidrs.api, ...cluster.cidrs.nodes, ...cluster.cidrs.snat, ...clients]) {
        expect(network).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\./);
      }
      expect(cluster.apiEndpoint.host).toMatch(/\.example\.com$/);
    }
    expect(production.images.registry).toMatch(/^123456789012\./);
  });
});
