import { compareFlows, type Flow } from '../../../../tools/manifests/traffic/matrix';
import { ANYONE, compareParties, type Party, showParty } from '../../../../tools/manifests/traffic/party';

const chat: Party = { kind: 'workload', namespace: 'shop', name: 'chat', ownerKind: 'Deployment' };
const network: Party = { kind: 'networks', cidr: '10.0.0.0/8', except: [] };
const pods = (namespaces: Record<string, string>, labels: Record<string, string>): Party => ({
  kind: 'pods',
  namespaces: Object.keys(namespaces).length > 0 ? { matchLabels: namespaces } : {},
  pods: Object.keys(labels).length > 0 ? { matchLabels: labels } : {},
});
const NAME = 'kubernetes.io/metadata.name';

describe('a party', () => {
  it.each<[string, Party]>([
    ['Deployment shop/chat', chat],
    ['pods k8s-app=kube-dns in kube-system', pods({ [NAME]: 'kube-system' }, { 'k8s-app': 'kube-dns' })],
    ['all pods in kube-system', pods({ [NAME]: 'kube-system' }, {})],
    ['all pods in namespaces team=red', pods({ team: 'red' }, {})],
    [`all pods in namespaces ${NAME}=kube-system,team=red`, pods({ [NAME]: 'kube-system', team: 'red' }, {})],
    ['all pods in other namespaces', pods({}, {})],
    ['10.0.0.0/8', network],
    ['10.0.0.0/8 except 10.1.0.0/16, 10.2.0.0/16', { ...network, except: ['10.1.0.0/16', '10.2.0.0/16'] }],
    ['anyone', ANYONE],
  ])('reads as %s', (text, party) => {
    expect(showParty(party)).toBe(text);
  });

  it('stands after those of a nearer kind, and among its own by its text', () => {
    const sorted = [chat, { ...chat, name: 'hello' }, pods({}, {}), network, ANYONE];
    expect([...sorted].reverse().sort(compareParties)).toEqual(sorted);
  });
});

describe('flows', () => {
  it('stand by who opens the connection, then by who is reached', () => {
    const flow = (from: Party, to: Party): Flow => ({ from, to, ports: [] });
    const sorted = [flow(chat, network), flow(chat, ANYONE), flow(network, chat), flow(ANYONE, chat)];
    expect([...sorted].reverse().sort(compareFlows)).toEqual(sorted);
  });
});
