import { ports } from '../../../../tools/check/schema/ports';
import { configMap, deployment, found, object, service } from '../references/samples';

const container = (fields: object) => deployment('chat', { containers: [{ name: 'main', ...fields }] });
const at = 'Deployment/chat spec.template.spec.containers[0]';

describe('the number of a port', () => {
  it.each([
    [
      'of a Service',
      service('a', { ports: [{ port: 80_800 }] }),
      'Service/a spec.ports[0].port: is 80800; expected 1 to 65535',
    ],
    [
      'of a target',
      service('a', { ports: [{ targetPort: 0 }] }),
      'Service/a spec.ports[0].targetPort: is 0; expected 1 to 65535',
    ],
    [
      'of nodes',
      service('a', { ports: [{ nodePort: 70_000 }] }),
      'Service/a spec.ports[0].nodePort: is 70000; expected 0 to 65535',
    ],
    [
      'of a container',
      container({ ports: [{ containerPort: 0 }] }),
      `${at}.ports[0].containerPort: is 0; expected 1 to 65535`,
    ],
    ['of a host', container({ ports: [{ hostPort: -1 }] }), `${at}.ports[0].hostPort: is -1; expected 0 to 65535`],
    [
      'of a probe',
      container({ livenessProbe: { tcpSocket: { port: 65_536 } } }),
      `${at}.livenessProbe.tcpSocket.port: is 65536; expected 1 to 65535`,
    ],
    [
      'of a range',
      object('networking.k8s.io/v1', 'NetworkPolicy', 'a', {
        spec: { ingress: [{ ports: [{ port: 1, endPort: 70_000 }] }] },
      }),
      'NetworkPolicy/a spec.ingress[0].ports[0].endPort: is 70000; expected 1 to 65535',
    ],
    [
      'of a backend',
      object('networking.k8s.io/v1', 'Ingress', 'a', {
        spec: { defaultBackend: { service: { port: { number: 0 } } } },
      }),
      'Ingress/a spec.defaultBackend.service.port.number: is 0; expected 1 to 65535',
    ],
  ])('%s lies in its range', (_, wrong, words) => {
    expect(found(ports, [wrong])).toEqual([words]);
  });

  it.each([
    ['at its ends', service('a', { ports: [{ port: 1, targetPort: 65_535, nodePort: 0 }] })],
    ['of a host that nobody chose', container({ ports: [{ containerPort: 1, hostPort: 0 }] })],
    [
      "of another group's kind, which its own schema judges",
      object('example.com/v1', 'Service', 'a', { spec: { port: 0 } }),
    ],
  ])('is right %s', (_, right) => {
    expect(found(ports, [right])).toEqual([]);
  });
});

describe('the name of a port', () => {
  const NAME = 'a number, or a name of at most 15 of a-z, 0-9 and - with a letter';

  it.each(['80', 'HTTP', 'a_b', '-a', 'a-', 'a--b', 'a234567890123456', ''])('"%s" is none', (name) => {
    expect(found(ports, [container({ ports: [{ name, containerPort: 1 }] })])).toEqual([
      `${at}.ports[0].name: is "${name}"; expected ${NAME}`,
    ]);
    expect(found(ports, [service('a', { ports: [{ port: 80, targetPort: name }] })])).toHaveLength(1);
  });

  it.each(['http', 'h2', '9p', 'a-b', 'a23456789012345'])('"%s" is one', (name) => {
    expect(
      found(ports, [container({ ports: [{ name, containerPort: 1 }], readinessProbe: { httpGet: { port: name } } })]),
    ).toEqual([]);
  });

  it('of a Service may be longer', () => {
    expect(found(ports, [service('a', { ports: [{ name: 'a-name-that-is-quite-long', port: 80 }] })])).toEqual([]);
  });

  it('of an init container is held to the same', () => {
    expect(
      found(ports, [deployment('chat', { initContainers: [{ ports: [{ name: 'HTTP', containerPort: 1 }] }] })]),
    ).toHaveLength(1);
  });
});

describe("an author's own words", () => {
  it.each([
    ['a ConfigMap', configMap('a', { port: '80800', number: 'many things' })],
    ['a Secret', object('v1', 'Secret', 'a', { data: { port: 'MzMwNg==' }, stringData: { number: '99999' } })],
    [
      'labels',
      { ...configMap('a'), metadata: { name: 'a', labels: { port: 'Some.Value' }, annotations: { port: 'x y' } } },
    ],
    ['a selector of nodes', deployment('a', { nodeSelector: { port: 'Some.Value' } })],
    [
      'parameters of a storage class',
      object('storage.k8s.io/v1', 'StorageClass', 'a', { parameters: { port: 'Some.Value' } }),
    ],
    ['a selector of pods', deployment('a', {}, { selector: { matchLabels: { port: 'Some.Value' } } })],
    ['a selector of a Service', service('a', { selector: { port: 'Some.Value' } })],
    [
      'attributes of a volume',
      object('v1', 'PersistentVolume', 'a', { spec: { csi: { volumeAttributes: { port: '99999' } } } }),
    ],
  ])('in %s are no ports', (_, right) => {
    expect(found(ports, [right])).toEqual([]);
  });
});
