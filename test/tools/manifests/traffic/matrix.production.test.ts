import { join } from 'node:path';
import { loadFolder } from '../../../../tools/manifests/load';
import { type Flow, trafficOf } from '../../../../tools/manifests/traffic/matrix';
import { showParty } from '../../../../tools/manifests/traffic/party';
import { showPorts } from '../../../../tools/manifests/traffic/ports';

const ROOT = join(__dirname, '../../../..');
const flows = trafficOf(loadFolder(join(ROOT, 'dist/production')));

const isWorkload = (name: string, party: Flow['from']): boolean => party.kind === 'workload' && party.name === name;

/** Who reaches a workload, with the ports. */
const reaching = (name: string) =>
  flows.filter(({ to }) => isWorkload(name, to)).map(({ from, ports }) => [showParty(from), showPorts(ports)]);

const reachedBy = (name: string) =>
  flows.filter(({ from }) => isWorkload(name, from)).map(({ to, ports }) => [showParty(to), showPorts(ports)]);

describe('in production', () => {
  it('chat is the only one that can reach redis, on 6379', () => {
    expect(reaching('redis')).toEqual([['Deployment chat/chat', 'TCP 6379']]);
  });

  it('redis reaches nobody', () => {
    expect(reachedBy('redis')).toEqual([]);
  });

  it('chat reaches redis and the cluster’s DNS, and nothing on the internet', () => {
    expect(reachedBy('chat')).toEqual([
      ['StatefulSet chat/redis', 'TCP 6379'],
      ['pods k8s-app=kube-dns in kube-system', 'TCP 53, UDP 53'],
    ]);
  });

  it('chat is reached by the ingress controller and by monitoring, each on its own port', () => {
    expect(reaching('chat')).toEqual([
      ['pods app.kubernetes.io/name=prometheus in monitoring', 'TCP 9090'],
      ['pods app.kubernetes.io/name=traefik in traefik', 'TCP 8080'],
    ]);
  });

  it('hello, behind a NodePort, is reached by networks alone', () => {
    expect(flows.filter(({ to }) => isWorkload('hello', to)).map(({ from }) => from.kind)).toEqual([
      'networks',
      'networks',
      'networks',
    ]);
  });

  it('nobody is open to anyone', () => {
    expect(flows.filter(({ from, to }) => from.kind === 'anyone' || to.kind === 'anyone')).toEqual([]);
  });
});
