import { sampleFaults } from '../../../../tools/deploy/preflight/samples';
import type { Manifest } from '../../../../tools/render/order';
import { bundleOf, deployment } from './bundles';

const FILE = 'charts/environments/lab.ts';
const object = (kind: string, rest: object): Manifest =>
  ({ apiVersion: 'v1', kind, metadata: { name: 'chat' }, ...rest }) as Manifest;

describe('samples', () => {
  it('are none where everything is somebody’s own', () => {
    expect(sampleFaults(bundleOf([deployment('chat', 'registry.internal/chat:v1')]))).toEqual([]);
  });

  it('are told with object, field, value and what to set', () => {
    expect(
      sampleFaults(bundleOf([deployment('chat', '123456789012.dkr.ecr.eu-central-1.amazonaws.com/chat:v1')])),
    ).toEqual([
      `Deployment chat spec.template.spec.containers[0].image: account 123456789012 is the sample's; expected your own. Set \`images.registry\` (or \`images.mirror\`) in ${FILE}`,
    ]);
  });

  it('are told once a value, with the number of further fields', () => {
    const image = 'registry.example.com/chat:v1';
    expect(sampleFaults(bundleOf([deployment('chat', image, image), deployment('hello', image)]))).toEqual([
      expect.stringContaining("host registry.example.com is the sample's (and in 2 more fields); expected"),
    ]);
  });

  it('that two settings bring are told with both', () => {
    const faults = sampleFaults(
      bundleOf([object('Ingress', { spec: { rules: [{ host: 'chat.example.com' }] } })], {
        smoke: ['https://chat.example.com/ready'],
      }),
    );
    expect(faults).toEqual([
      `Ingress chat spec.rules[0].host: host chat.example.com is the sample's (and in 1 more field); expected your own. Set the application's \`expose\` in ${FILE}, or \`smoke\` in ${FILE}`,
    ]);
  });

  it.each([
    ['the API’s address', { apiEndpoint: { host: 'api.example.com', port: 6443 } }, '`apiEndpoint` of the cluster'],
    ['a smoke address', { smoke: ['https://chat.example.com/ready'] }, '`smoke` in'],
    [
      'a network of clients',
      { talks: [{ from: { networks: ['192.0.2.0/24'] }, to: { workload: 'hello' }, port: 1, protocols: [] }] },
      '`clients` in',
    ],
  ])('are found in the inventory, too: %s', (_, facts, hint) => {
    const [fault, ...others] = sampleFaults(bundleOf([], facts));
    expect([fault?.includes(`Set ${hint}`), others]).toEqual([true, []]);
  });

  it.each([
    ['NetworkPolicy', { spec: { ingress: [{ from: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }] } }, '`clients`'],
    ['ConfigMap', { data: { ORIGINS: 'https://chat.example.com' } }, "the application's `origins`"],
    ['Service', { spec: { loadBalancerIP: '192.0.2.9' } }, 'it in'],
  ])('of a %s are led to the field that brought them', (kind, rest, hint) => {
    expect(sampleFaults(bundleOf([object(kind, rest)]))).toEqual([expect.stringContaining(`Set ${hint}`)]);
  });

  it('are not looked for in the inventory’s list of objects, which have been looked at themselves', () => {
    const entry = { file: 'x', apiVersion: 'v1', kind: 'X', name: 'things.example.com', sha256: '' };
    expect(sampleFaults(bundleOf([], { objects: [entry] }))).toEqual([]);
  });

  it('are found in what the administrator applies', () => {
    const volume = object('PersistentVolume', { spec: { nfs: { server: 'nfs.example.org' } } });
    expect(sampleFaults(bundleOf([], { platform: [volume] }))).toHaveLength(1);
  });
});
