import { environments } from '../../../charts/environments';
import { kind } from '../../../charts/environments/kind';
import { production } from '../../../charts/environments/production';
import { faultsOf } from '../../support/faults';
import { render, sampleCluster, sampleEnvironment } from '../../support/rendered';
import { sampleApp } from '../../support/web';

const policy = (rendered: ReturnType<typeof render>, name: string) => rendered.object('NetworkPolicy', name).spec;
const pods = (name: string) => ({ podSelector: { matchLabels: { 'app.kubernetes.io/name': name } } });
const tcp = (port: number) => ({ port, protocol: 'TCP' });

describe('a declared call', () => {
  const rendered = render(
    sampleEnvironment([sampleApp('front', { calls: [{ to: 'back', port: 8080 }] })({}), sampleApp('back')({})]),
  );

  it('opens the egress of the caller and the ingress of the callee, on that port', () => {
    expect(policy(rendered, 'front').egress[0]).toEqual({ to: [pods('back')], ports: [tcp(8080)] });
    expect(policy(rendered, 'back').ingress).toEqual([{ from: [pods('front')], ports: [tcp(8080)] }]);
  });

  it('opens nothing the other way', () => {
    expect(policy(rendered, 'front').ingress).toEqual([]);
    expect(policy(rendered, 'back').egress).toEqual([]);
  });

  it('lets the caller ask the cluster’s DNS for the name, over UDP and TCP', () => {
    expect(policy(rendered, 'front').egress[1]).toEqual({
      to: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        },
      ],
      ports: [{ port: 53, protocol: 'UDP' }, tcp(53)],
    });
  });

  it('closes both directions for everything else, by a policy that selects its pods by name', () => {
    expect(policy(rendered, 'back')).toMatchObject({
      ...{ podSelector: pods('back').podSelector },
      policyTypes: ['Ingress', 'Egress'],
    });
  });
});

describe('calls out of the environment', () => {
  it('reach the API server’s addresses', () => {
    const rendered = render(sampleEnvironment([sampleApp('watcher', { calls: [{ toApiServer: true }] })({})]));
    expect(policy(rendered, 'watcher').egress).toEqual([
      { to: [{ ipBlock: { cidr: '192.0.2.0/29' } }], ports: [tcp(6443)] },
    ]);
  });

  it('reach a named network', () => {
    const rendered = render(
      sampleEnvironment([sampleApp('mailer', { calls: [{ toNetwork: '203.0.113.0/24', port: 587 }] })({})]),
    );
    expect(policy(rendered, 'mailer').egress).toEqual([
      { to: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [tcp(587)] },
    ]);
  });

  it.each(['0.0.0.0/0', '::/0'])('never reach every address: %s', (toNetwork) => {
    const mailer = sampleApp('mailer', { calls: [{ toNetwork, port: 587 }] })({});
    expect(faultsOf(() => render(sampleEnvironment([mailer])))).toEqual([
      `sample.mailer.calls.0.toNetwork: ${toNetwork} is every address; expected the networks that the application needs`,
    ]);
  });
});

describe('metrics', () => {
  const notes = sampleApp('notes', { metricsPort: 9090 })({});

  it('are open to the cluster’s Prometheus alone', () => {
    expect(policy(render(sampleEnvironment([notes])), 'notes').ingress).toEqual([
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
            podSelector: { matchLabels: { app: 'prometheus' } },
          },
        ],
        ports: [tcp(9090)],
      },
    ]);
  });

  it('are open to nobody where the cluster has no Prometheus', () => {
    const environment = sampleEnvironment([notes], { cluster: sampleCluster({ monitoring: undefined }) });
    expect(policy(render(environment), 'notes').ingress).toEqual([]);
  });
});

describe('the chat’s stores', () => {
  it.each(environments)('hear from chat alone in $name', (environment) => {
    const rendered = render(environment);
    expect(policy(rendered, 'redis').ingress).toEqual([{ from: [pods('chat')], ports: [tcp(6379)] }]);
  });

  it('call nobody', () => {
    const rendered = render(kind);
    expect([policy(rendered, 'redis').egress, policy(rendered, 'mysql').egress]).toEqual([[], []]);
  });

  it('include MySQL on its own port only', () => {
    expect(policy(render(kind), 'mysql').ingress).toEqual([{ from: [pods('chat')], ports: [tcp(3306)] }]);
  });
});

describe('a namespace', () => {
  it.each(environments)('denies in $name what nobody declared', (environment) => {
    expect(policy(render(environment), 'deny-all')).toEqual({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  });

  it('never opens to every address by itself', () => {
    for (const environment of environments) expect(JSON.stringify(render(environment).objects)).not.toContain('/0"');
  });

  it('tells judges every talk that its policies open', () => {
    expect(render(production).facts.talks).toContainEqual({
      from: { workload: 'chat' },
      to: { workload: 'redis' },
      port: 6379,
      protocols: ['TCP'],
    });
  });
});
