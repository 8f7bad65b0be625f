import { type Change, findingsAfter, type Hardened, type Loose, rulesAfter, table } from './hardened';

const withSidecar =
  (fields: object) =>
  ({ pod, container }: Hardened) => {
    const { ports, ...sidecar } = container;
    pod.spec.initContainers = [{ ...sidecar, name: 'sidecar', restartPolicy: 'Always', ...fields }];
  };

/** The Deployment's pods, without a probe, made by something else. */
const madeBy =
  (apiVersion: string, kind: string, fields: (template: Loose) => object): Change =>
  ({ objects, the, pod, container }) => {
    for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe']) delete container[probe];
    const metadata = { name: 'web', namespace: 'shop', labels: { app: 'web' } };
    objects[objects.indexOf(the('Deployment'))] = { apiVersion, kind, metadata, ...fields(pod) };
  };
const asPod = (fields: object): Change => madeBy('v1', 'Pod', ({ spec }) => ({ spec: { ...spec, ...fields } }));

describe('hardening/probes', () => {
  it.each(['livenessProbe', 'startupProbe', 'readinessProbe'])('finds a container without %s', (probe) => {
    expect(findingsAfter(({ container }) => delete container[probe])).toEqual([
      {
        rule: 'hardening/probes',
        at: expect.stringContaining(`containers[0].${probe}`),
        wrong: expect.stringContaining('is missing'),
      },
    ]);
  });

  it.each(
    table({
      'where no Service chooses the pod': ({ the }) =>
        Object.assign(the('Service').spec, { selector: { app: 'other' } }),
      'where the Service chooses nothing by itself': ({ the }) => delete the('Service').spec.selector,
      'where the Service is of another namespace': ({ the }) =>
        Object.assign(the('Service').metadata, { namespace: 'other' }),
    }),
  )('wants no readiness $title', ({ change }) => {
    expect(
      rulesAfter((objects) => {
        change(objects);
        delete objects.container.readinessProbe;
      }),
    ).toEqual([]);
  });

  it('wants no readiness of a container without ports beside one that has them', () => {
    expect(rulesAfter(withSidecar({ readinessProbe: undefined }))).toEqual([]);
  });

  it('wants readiness of every container where none tells its ports', () => {
    const change = ({ container }: Hardened) => {
      delete container.ports;
      delete container.readinessProbe;
    };
    expect(rulesAfter(change)).toEqual(['hardening/probes']);
  });

  it('wants liveness of a sidecar, which runs as long as its pod', () => {
    expect(rulesAfter(withSidecar({ livenessProbe: undefined }))).toEqual(['hardening/probes']);
  });

  it('wants nothing of an init container', () => {
    const probes = { livenessProbe: undefined, startupProbe: undefined, readinessProbe: undefined };
    expect(rulesAfter(withSidecar({ restartPolicy: undefined, ...probes }))).toEqual([]);
  });

  it.each(
    table({
      'a Job': madeBy('batch/v1', 'Job', (template) => ({ spec: { template } })),
      'a CronJob': madeBy('batch/v1', 'CronJob', (template) => ({ spec: { jobTemplate: { spec: { template } } } })),
      'a pod that is not restarted': asPod({ restartPolicy: 'Never' }),
      'a pod that is restarted until it succeeds': asPod({ restartPolicy: 'OnFailure' }),
    }),
  )('wants nothing of $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual([]);
  });

  it('wants probes of a bare pod that is restarted', () => {
    expect(rulesAfter(asPod({}))).toEqual(['hardening/probes', 'hardening/probes', 'hardening/probes']);
  });
});

describe('hardening/distinct-probes', () => {
  const bothAsk =
    (liveness: object, readiness: object) =>
    ({ container }: Hardened) =>
      Object.assign(container, { livenessProbe: liveness, readinessProbe: readiness });
  const http = (fields: object) => ({ httpGet: { path: '/health', port: 8080, ...fields } });

  it.each(
    table({
      'one path and port': bothAsk(http({}), http({})),
      'one path and port, patiently': bothAsk(http({}), { ...http({}), periodSeconds: 5 }),
      'one port by its number and by its name': bothAsk(http({}), http({ port: 'http' })),
      'the root, written out or not': bothAsk(http({ path: '/' }), http({ path: undefined })),
      'one socket': bothAsk({ tcpSocket: { port: 8080 } }, { tcpSocket: { port: 'http' } }),
      'one command': bothAsk({ exec: { command: ['ping'] } }, { exec: { command: ['ping'] } }),
      'one service of gRPC': bothAsk({ grpc: { port: 1 } }, { grpc: { port: 1, service: '' } }),
    }),
  )('finds $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(['hardening/distinct-probes']);
  });

  it.each(
    table({
      'paths that differ': bothAsk(http({}), http({ path: '/ready' })),
      'ports that differ': bothAsk(http({}), http({ port: 9090 })),
      'sockets that differ': bothAsk({ tcpSocket: { port: 1 } }, { tcpSocket: { port: 2 } }),
      'commands that differ': bothAsk({ exec: { command: ['live'] } }, { exec: { command: ['ready'] } }),
      'services of gRPC that differ': bothAsk({ grpc: { port: 1 } }, { grpc: { port: 1, service: 'ready' } }),
      'ports of gRPC that differ': bothAsk({ grpc: { port: 1 } }, { grpc: { port: 2 } }),
      'a command and a socket': bothAsk({ exec: { command: ['live'] } }, { tcpSocket: { port: 1 } }),
    }),
  )('lets $title pass', ({ change }) => {
    expect(rulesAfter(change)).toEqual([]);
  });
});
