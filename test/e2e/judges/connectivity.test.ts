import type { Flow } from '../../../tools/manifests/traffic/matrix';
import type { Party } from '../../../tools/manifests/traffic/party';
import type { Port } from '../../../tools/manifests/traffic/ports';
import { type Link, linksOf, normalForm } from './connectivity';

const tcp = (first: number, last = first): Port => ({ protocol: 'TCP', first, last });
const workload = (name: string): Party => ({ kind: 'workload', namespace: 'lab', name, ownerKind: 'Deployment' });
const networks = (cidr: string, ...except: string[]): Party => ({ kind: 'networks', cidr, except });
const flow = (from: Party, to: Party, ...ports: Port[]): Flow => ({ from, to, ports });
const lines = (...flows: Flow[]) => normalForm(linksOf(flows));

describe('a flow in the words of netpol-analyzer', () => {
  it('is between workloads', () => {
    expect(lines(flow(workload('chat'), workload('redis'), tcp(6379)))).toEqual([
      'lab/chat[Deployment] => lab/redis[Deployment] : TCP 6379',
    ]);
  });

  it('is with pods of a namespace that is chosen by its name', () => {
    const dns: Party = {
      kind: 'pods',
      namespaces: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      pods: { matchLabels: { 'k8s-app': 'dns', a: 'b' } },
    };
    expect(lines(flow(workload('chat'), dns, { protocol: 'UDP', first: 53, last: 53 }))).toEqual([
      'lab/chat[Deployment] => kube-system/[pod with {a=b,k8s-app=dns}] : UDP 53',
    ]);
  });

  it('is with pods of namespaces that are chosen by other labels, or with all of them', () => {
    const team: Party = {
      kind: 'pods',
      namespaces: { matchLabels: { team: 'x' } },
      pods: {
        matchExpressions: [
          { key: 'tier', operator: 'Exists' },
          { key: 'app', operator: 'In', values: ['a', 'b'] },
        ],
      },
    };
    const pods = (namespaces: object, chosen: object): Party => ({ kind: 'pods', namespaces, pods: chosen });
    expect(lines(flow(team, workload('chat'), tcp(1)))).toEqual([
      '[namespace with {team=x}]/[pod with {{Key:app,Operator:In,Values:[a b],},{Key:tier,Operator:Exists,Values:[],}}] => lab/chat[Deployment] : TCP 1',
    ]);
    expect(lines(flow(pods({ matchLabels: { team: 'x' } }, {}), workload('chat'), tcp(1)))).toEqual([
      '[namespace with {team=x}]/[all pods] => lab/chat[Deployment] : TCP 1',
    ]);
    expect(lines(flow(pods({}, { matchLabels: { app: 'a' } }), workload('chat'), tcp(1)))).toEqual([
      '[all namespaces]/[pod with {app=a}] => lab/chat[Deployment] : TCP 1',
    ]);
    expect(lines(flow(pods({}, {}), workload('chat'), tcp(1)))).toEqual([
      'entire-cluster => lab/chat[Deployment] : TCP 1',
    ]);
  });

  it('is with addresses, less those that are left out', () => {
    expect(lines(flow(networks('192.0.2.16/24', '192.0.2.64/26'), workload('hello'), tcp(80)))).toEqual([
      '192.0.2.0-192.0.2.63 => lab/hello[Deployment] : TCP 80',
      '192.0.2.128-192.0.2.255 => lab/hello[Deployment] : TCP 80',
    ]);
  });

  it('keeps addresses that the analyzer misreads, so that the lists differ', () => {
    expect(lines(flow(networks('2001:db8::/32'), workload('hello'), tcp(80)))).toEqual([
      '2001:db8::/32 => lab/hello[Deployment] : TCP 80',
    ]);
  });

  it('with anyone is with every address, every pod, and every workload that takes it', () => {
    const anyone: Party = { kind: 'anyone' };
    expect(lines(flow(workload('a'), anyone, tcp(1, 90)), flow(anyone, workload('b'), tcp(80, 99)))).toEqual([
      '0.0.0.0-255.255.255.255 => lab/b[Deployment] : TCP 80–99',
      'entire-cluster => lab/b[Deployment] : TCP 80–99',
      'lab/a[Deployment] => 0.0.0.0-255.255.255.255 : TCP 1–90',
      'lab/a[Deployment] => entire-cluster : TCP 1–90',
      'lab/a[Deployment] => lab/b[Deployment] : TCP 80–90',
    ]);
  });
});

describe('the normal form', () => {
  const range = (first: number, last: number) => ({ first, last });

  it('joins neighbouring addresses with the same ports', () => {
    const links: Link[] = [
      { from: range(0, 127), to: 'hello', ports: [tcp(80)] },
      { from: range(128, 255), to: 'hello', ports: [tcp(80)] },
      { from: range(512, 600), to: 'hello', ports: [tcp(80)] },
    ];
    expect(normalForm(links)).toEqual(['0.0.0.0-0.0.0.255 => hello : TCP 80', '0.0.2.0-0.0.2.88 => hello : TCP 80']);
  });

  it('parts addresses that overlap by what they may reach', () => {
    const links: Link[] = [
      { from: 'hello', to: range(0, 255), ports: [tcp(80)] },
      { from: 'hello', to: range(64, 127), ports: [tcp(81)] },
    ];
    expect(normalForm(links)).toEqual([
      'hello => 0.0.0.0-0.0.0.63 : TCP 80',
      'hello => 0.0.0.128-0.0.0.255 : TCP 80',
      'hello => 0.0.0.64-0.0.0.127 : TCP 80–81',
    ]);
  });

  it('unites what several lines say of the same pods', () => {
    const links: Link[] = [
      { from: 'chat', to: 'dns', ports: [{ protocol: 'UDP', first: 53, last: 53 }] },
      { from: 'chat', to: 'dns', ports: [tcp(53)] },
    ];
    expect(normalForm(links)).toEqual(['chat => dns : TCP 53, UDP 53']);
  });

  it('leaves out pods that reach their own kind, and links without a port', () => {
    expect(
      normalForm([
        { from: 'redis', to: 'redis', ports: [tcp(6379)] },
        { from: 'chat', to: 'redis', ports: [] },
      ]),
    ).toEqual([]);
  });
});
