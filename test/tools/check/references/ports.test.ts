import { ingressBackends, probesNamePorts, serviceTargetsPorts } from '../../../../tools/check/references/ports';
import { clusterWide, deployment, found, job, object, service, within } from './samples';

const http = { name: 'http', containerPort: 8080 };
const listening = (ports: readonly object[] | undefined, pod: object = {}) =>
  deployment('chat', { containers: [{ name: 'main', image: 'sample', ports }], ...pod });
const front = (port: object) => service('chat', { ports: [{ port: 80, ...port }] });

describe('a port of a Service', () => {
  it.each([
    ['a name that no container has', { targetPort: 'web' }, 'web is no TCP port of chat; expected `http (8080)`'],
    ['a number that no container has', { targetPort: 80 }, '80 is no TCP port of chat; expected `http (8080)`'],
    ['its own number where it names none', {}, '80 is no TCP port of chat; expected `http (8080)`'],
    [
      'another protocol',
      { targetPort: 'http', protocol: 'UDP' },
      'http is no UDP port of chat; expected `http (8080)`',
    ],
  ])('that leads to %s is found', (_, port, words) => {
    expect(found(serviceTargetsPorts, [front(port), listening([http])])).toEqual([
      `Service/chat spec.ports[0].targetPort: ${words}`,
    ]);
  });

  it('is told which ports there are, by number where they have no name', () => {
    expect(found(serviceTargetsPorts, [front({ targetPort: 80 }), listening([http, { containerPort: 9090 }])])).toEqual(
      ['Service/chat spec.ports[0].targetPort: 80 is no TCP port of chat; expected one of `http (8080)`, `9090`'],
    );
  });

  it('is told of every workload that lacks it', () => {
    const both = service('all', { selector: { team: 'a' }, ports: [{ port: 80, targetPort: 'http' }] });
    const pods = ['chat', 'hello'].map((name) =>
      deployment(
        name,
        {},
        { template: { metadata: { labels: { app: name, team: 'a' } }, spec: { containers: [{}] } } },
      ),
    );
    expect(found(serviceTargetsPorts, [both, ...pods])).toEqual(
      ['chat', 'hello'].map(
        (name) =>
          `Service/all spec.ports[0].targetPort: http is no TCP port of ${name}; expected a port that the containers declare; they declare none`,
      ),
    );
  });

  it.each([
    ['a name', { targetPort: 'http' }, [http]],
    ['a number', { targetPort: 8080 }, [http]],
    ['its own number', { port: 8080 }, [http]],
    ['a port without a name', { targetPort: 53, protocol: 'UDP' }, [{ containerPort: 53, protocol: 'UDP' }]],
  ])('that leads to %s is right', (_, port, ports) => {
    expect(found(serviceTargetsPorts, [front(port), listening(ports)])).toEqual([]);
  });

  it('may be that of a sidecar, and not of what has ended before', () => {
    const beside = (restartPolicy?: string) =>
      listening(undefined, { initContainers: [{ name: 'proxy', ports: [http], restartPolicy }] });
    expect(found(serviceTargetsPorts, [front({ targetPort: 'http' }), beside('Always')])).toEqual([]);
    expect(found(serviceTargetsPorts, [front({ targetPort: 'http' }), beside()])).toHaveLength(1);
  });

  it.each([
    ['whose endpoints somebody else writes', { selector: undefined }],
    ['that is a name in DNS', { type: 'ExternalName' }],
    ['that selects nothing, which another check says', { selector: { app: 'nobody' } }],
    ['without ports, which is headless', { clusterIP: 'None', ports: undefined }],
  ])('of a Service %s is not judged', (_, spec) => {
    expect(found(serviceTargetsPorts, [service('chat', spec), listening([])])).toEqual([]);
  });
});

describe('a port that a probe or a hook asks', () => {
  const asking = (fields: object) => deployment('chat', { containers: [{ name: 'main', ports: [http], ...fields }] });

  it.each([
    ['livenessProbe.httpGet', { livenessProbe: { httpGet: { port: 'web' } } }],
    ['readinessProbe.tcpSocket', { readinessProbe: { tcpSocket: { port: 'web' } } }],
    ['startupProbe.httpGet', { startupProbe: { httpGet: { port: 'web' } } }],
    ['lifecycle.postStart.httpGet', { lifecycle: { postStart: { httpGet: { port: 'web' } } } }],
    ['lifecycle.preStop.httpGet', { lifecycle: { preStop: { httpGet: { port: 'web' } } } }],
  ])('by a name that its container does not have is found: %s', (path, fields) => {
    expect(found(probesNamePorts, [asking(fields)])).toEqual([
      `Deployment/chat spec.template.spec.containers[0].${path}.port: web is no port of its container; expected \`http (8080)\``,
    ]);
  });

  it('is its own, not that of the container beside it', () => {
    const containers = [
      { name: 'a', livenessProbe: { httpGet: { port: 'http' } } },
      { name: 'b', ports: [http] },
    ];
    expect(found(probesNamePorts, [job('one', { containers })])).toHaveLength(1);
  });

  it.each([
    ['a name that there is', { livenessProbe: { httpGet: { port: 'http' } } }],
    ['a number, which needs no declaration', { livenessProbe: { httpGet: { port: 9 } } }],
    [
      'a command',
      { livenessProbe: { exec: { command: ['true'] } }, lifecycle: { preStop: { sleep: { seconds: 5 } } } },
    ],
    ['gRPC', { readinessProbe: { grpc: { port: 9 } } }],
  ])('is right as %s', (_, fields) => {
    expect(found(probesNamePorts, [asking(fields)])).toEqual([]);
  });
});

describe('a backend of an Ingress', () => {
  const ingress = (spec: object) => object('networking.k8s.io/v1', 'Ingress', 'site', { spec });
  const to = (name: string, port: object | undefined) => ({
    rules: [{}, { http: { paths: [{ backend: { service: { name, port } } }] } }],
  });
  const web = service('chat', { ports: [{ name: 'http', port: 80 }] });
  const at = 'Ingress/site spec.rules[1].http.paths[0].backend.service';

  it.each([
    [
      'a Service that is not there',
      to('chta', { number: 80 }),
      `${at}.name: chta is no rendered Service; expected \`chat\``,
    ],
    [
      'a port by a wrong name',
      to('chat', { name: 'htp' }),
      `${at}.port: htp is no port of Service chat; expected \`http\``,
    ],
    [
      'a port by a wrong number',
      to('chat', { number: 8080 }),
      `${at}.port: 8080 is no port of Service chat; expected \`80\``,
    ],
    [
      'nothing by default',
      { defaultBackend: { service: { name: 'gone', port: { number: 80 } } } },
      'Ingress/site spec.defaultBackend.service.name: gone is no rendered Service; expected `chat`',
    ],
  ])('that is %s is found', (_, spec, words) => {
    expect(found(ingressBackends, [ingress(spec), web])).toEqual([words]);
  });

  it('has something to say where there is no Service at all, or none with ports', () => {
    expect(found(ingressBackends, [ingress(to('chat', { number: 80 })), within('other', web)])).toEqual([
      `${at}.name: chat is no rendered Service; expected a rendered Service of its namespace`,
    ]);
    expect(
      found(ingressBackends, [ingress(to('chat', { number: 80 })), service('chat', { ports: undefined })]),
    ).toEqual([`${at}.port: 80 is no port of Service chat; expected a port that it has`]);
  });

  it.each([
    ['by name', to('chat', { name: 'http' })],
    ['by number', to('chat', { number: 80 })],
    ['by default', { defaultBackend: { service: { name: 'chat', port: { number: 80 } } } }],
    ['that is no Service', { defaultBackend: { resource: { kind: 'Bucket', name: 'files' } } }],
    ['that is not there', {}],
  ])('%s is right', (_, spec) => {
    expect(found(ingressBackends, [ingress(spec), web])).toEqual([]);
  });

  it('in `default` is looked for there', () => {
    const site = clusterWide('networking.k8s.io/v1', 'Ingress', 'site', { spec: to('chat', { number: 80 }) });
    expect(found(ingressBackends, [site, within('default', web)])).toEqual([]);
  });
});
