import { faultsOf } from '../../support/faults';
import { render, sampleCluster, sampleEnvironment } from '../../support/rendered';
import { sampleApp } from '../../support/web';

const notes = sampleApp('notes');
type Expose = NonNullable<Parameters<typeof notes>[0]['expose']>;

const exposed = (expose: Expose) => render(sampleEnvironment([notes({ expose })], { clients: ['198.51.100.32/28'] }));
const service = (expose: Expose) => exposed(expose).object('Service', 'notes');
const refusal = (expose: Expose, cluster = sampleCluster()) =>
  faultsOf(() => render(sampleEnvironment([notes({ expose })], { cluster })));

describe('an exposure', () => {
  it('is internal unless somebody says otherwise', () => {
    const rendered = render(sampleEnvironment([notes({})]));
    expect(rendered.object('Service', 'notes').spec.type).toBe('ClusterIP');
    expect(rendered.object('NetworkPolicy', 'notes').spec.ingress).toEqual([]);
    expect(rendered.objects.filter(({ kind }) => kind === 'Ingress')).toEqual([]);
  });

  it('opens a fixed port on every node', () => {
    const { type, ports } = service({ via: 'nodePort', port: 30080 }).spec;
    expect(type).toBe('NodePort');
    expect(ports).toEqual([{ name: 'http', nodePort: 30080, port: 80, protocol: 'TCP', targetPort: 'http' }]);
  });

  it('pins the address of a load balancer', () => {
    const { spec, metadata } = service({ via: 'loadBalancer', address: '203.0.113.7' });
    expect(spec.type).toBe('LoadBalancer');
    expect(metadata.annotations).toEqual({ 'metallb.io/loadBalancerIPs': '203.0.113.7' });
  });

  it.each<Expose>([
    { via: 'internal', clientIpAffinity: true },
    { via: 'nodePort', port: 30080, clientIpAffinity: true },
    { via: 'loadBalancer', address: '203.0.113.7', clientIpAffinity: true },
  ])('keeps a client address on one pod where $via asks for it', (expose) => {
    expect(service(expose).spec.sessionAffinity).toBe('ClientIP');
  });

  it('spreads requests over all pods where nobody asks for affinity', () => {
    expect(service({ via: 'nodePort', port: 30080 }).spec.sessionAffinity).toBeUndefined();
  });

  it('admits clients, nodes and the addresses that stand in for clients, and nobody else', () => {
    const policy = exposed({ via: 'nodePort', port: 30080 }).object('NetworkPolicy', 'notes');
    expect(policy.spec.ingress).toEqual([
      {
        from: ['198.51.100.32/28', '192.0.2.0/24', '198.51.100.0/28'].map((cidr) => ({ ipBlock: { cidr } })),
        ports: [{ port: 8080, protocol: 'TCP' }],
      },
    ]);
  });

  it('routes a host through the cluster’s only class to the named port', () => {
    const { spec } = exposed({ via: 'ingress', host: 'notes.example.com', affinity: { strategy: 'none' } }).object(
      'Ingress',
      'notes',
    );
    const backend = { service: { name: 'notes', port: { name: 'http' } } };
    expect(spec).toEqual({
      ingressClassName: 'traefik',
      rules: [{ host: 'notes.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
    });
  });

  it('admits the ingress controller alone', () => {
    const policy = exposed({ via: 'ingress', host: 'notes.example.com', affinity: { strategy: 'none' } }).object(
      'NetworkPolicy',
      'notes',
    );
    expect(policy.spec.ingress).toEqual([
      {
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'traefik' } },
            podSelector: { matchLabels: { app: 'traefik' } },
          },
        ],
        ports: [{ port: 8080, protocol: 'TCP' }],
      },
    ]);
  });

  it('takes a named class, and TLS from a Secret that the controller reads', () => {
    const cluster = sampleCluster({
      provides: { storageClasses: ['standard'], ingressClasses: ['traefik', 'inside'] },
    });
    const expose: Expose = {
      via: 'ingress',
      host: 'notes.example.com',
      class: 'inside',
      tlsSecret: 'notes-tls',
      affinity: { strategy: 'none' },
    };
    const rendered = render(sampleEnvironment([notes({ expose })], { cluster }));
    const { spec } = rendered.object('Ingress', 'notes');
    expect(spec.ingressClassName).toBe('inside');
    expect(spec.tls).toEqual([{ hosts: ['notes.example.com'], secretName: 'notes-tls' }]);
    expect(rendered.facts.secrets).toEqual([
      {
        name: 'notes-tls',
        type: 'kubernetes.io/tls',
        keys: { 'tls.crt': ['ingress controller'], 'tls.key': ['ingress controller'] },
      },
    ]);
  });
});

describe('an exposure that the cluster would ignore or reject is refused', () => {
  const ingress = (rest: object = {}): Expose => ({
    via: 'ingress',
    host: 'a.example.com',
    affinity: { strategy: 'none' },
    ...rest,
  });

  it.each([29999, 32768, 80])('NodePort %d outside the range', (port) => {
    expect(refusal({ via: 'nodePort', port })).toEqual([
      `sample.notes.expose.port: ${port} is outside 30000–32767, the range kube-apiserver hands out (cluster/specs/sample.ts: nodePortRange)`,
    ]);
  });

  it.each([30000, 32767])('but not NodePort %d, the edge of the range', (port) => {
    expect(refusal({ via: 'nodePort', port })).toEqual([]);
  });

  it.each([
    ['an address outside the pool', sampleCluster(), '203.0.113.0/28'],
    ['an address where there is no MetalLB', sampleCluster({ metallbPool: undefined }), 'nothing'],
  ])('%s', (_, cluster, pool) => {
    expect(refusal({ via: 'loadBalancer', address: '203.0.113.77' }, cluster)).toEqual([
      `sample.notes.expose.address: "203.0.113.77" is not in MetalLB's pool, ${pool} (cluster/specs/sample.ts: metallbPool)`,
    ]);
  });

  it('a class that is not there, with the nearest', () => {
    expect(refusal(ingress({ class: 'trafik' }))).toEqual([
      'sample.notes.expose.class: the cluster has no IngressClass "trafik"; did you mean `traefik`? (cluster/specs/sample.ts: provides)',
    ]);
  });

  it('no class where there are several', () => {
    const cluster = sampleCluster({ provides: { storageClasses: ['standard'], ingressClasses: ['a', 'b'] } });
    expect(refusal(ingress(), cluster)).toEqual([
      'sample.notes.expose.class: is missing, and the cluster provides 2 classes; expected one of them (cluster/specs/sample.ts: provides)',
    ]);
  });

  it('a host name where there is no ingress controller', () => {
    expect(refusal(ingress(), sampleCluster({ ingressController: undefined }))).toEqual([
      'sample.notes.expose.via: "ingress" needs an ingress controller, and the cluster has none (cluster/specs/sample.ts: ingressController)',
    ]);
  });

  it('an affinity that this cluster’s controller does not read', () => {
    expect(refusal(ingress({ affinity: { strategy: 'haproxytech', cookie: 'pod' } }))).toEqual([
      'sample.notes.expose.affinity.strategy: "haproxytech" is not what the cluster\'s controller reads; expected `traefik` or `none` (cluster/specs/sample.ts: ingressController)',
    ]);
  });

  it('an affinity option that the strategy does not have, with the nearest', () => {
    const affinity = { strategy: 'haproxytech', cookie: 'pod', dynamik: true };
    expect(refusal(ingress({ affinity }))).toEqual([
      'sample.notes.expose.affinity: unknown field `dynamik`; did you mean `dynamic`?',
    ]);
  });
});
