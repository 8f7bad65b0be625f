import * as z from 'zod';
import { webApp } from '../../../charts/lib/web-app';
import { faultsOf } from '../../support/faults';
import { render, sampleEnvironment } from '../../support/rendered';
import { sampleApp } from '../../support/web';

const deployed = (...[name, fields]: Parameters<typeof sampleApp>) =>
  render(sampleEnvironment([sampleApp(name, fields)({})]));
const spec = (fields: Parameters<typeof sampleApp>[1]) => deployed('notes', fields).object('Deployment', 'notes').spec;

describe('a web application', () => {
  it('brings account, policy, settings, service, deployment and budget, in that order', () => {
    const rendered = deployed('notes');
    expect(rendered.files['workloads/20-notes.yaml']?.map((object) => object.kind)).toEqual([
      'ServiceAccount',
      'NetworkPolicy',
      'ConfigMap',
      'Service',
      'Deployment',
      'PodDisruptionBudget',
    ]);
  });

  it('selects its pods by its name alone, which never changes: selectors are immutable', () => {
    const rendered = deployed('notes');
    const labels = { 'app.kubernetes.io/instance': 'notes', 'app.kubernetes.io/name': 'notes' };
    expect(rendered.object('Deployment', 'notes').spec.selector).toEqual({ matchLabels: labels });
    expect(rendered.object('Service', 'notes').spec.selector).toEqual(labels);
    expect(rendered.object('PodDisruptionBudget', 'notes').spec.selector).toEqual({ matchLabels: labels });
  });

  it('can be drained one pod at a time, sick pods included', () => {
    expect(deployed('notes').object('PodDisruptionBudget', 'notes').spec).toMatchObject({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  it('has an account without a token', () => {
    expect(deployed('notes').object('ServiceAccount', 'notes').automountServiceAccountToken).toBe(false);
  });

  it('adds one pod and takes none away while it rolls, unless somebody says otherwise', () => {
    expect(spec({}).strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
    expect(spec({ rollout: { maxSurge: '25%', maxUnavailable: '50%' } }).strategy.rollingUpdate).toEqual({
      maxSurge: '25%',
      maxUnavailable: '50%',
    });
  });

  it('starts as long as it says, and fails its rollout only after that', () => {
    const { template, progressDeadlineSeconds } = spec({ startSeconds: 90 });
    const { startupProbe } = template.spec.containers[0];
    expect(startupProbe.periodSeconds * startupProbe.failureThreshold).toBe(90);
    expect(progressDeadlineSeconds).toBeGreaterThan(90);
  });

  it('asks at start what liveness asks: readiness waits for stores, and waiting is no reason to restart', () => {
    const [{ startupProbe, livenessProbe, readinessProbe }] = spec({}).template.spec.containers;
    expect(startupProbe.httpGet.path).toBe('/health');
    expect(livenessProbe.httpGet.path).toBe('/health');
    expect(readinessProbe.httpGet.path).toBe('/ready');
  });

  it('names its metrics port for Prometheus, and is not scraped without one', () => {
    const annotations = spec({ metricsPort: 9090 }).template.metadata.annotations;
    expect(annotations).toMatchObject({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '9090',
      'prometheus.io/path': '/metrics',
    });
    expect(Object.keys(spec({}).template.metadata.annotations)).toEqual(['checksum/config']);
  });
});

describe('scaling', () => {
  const autoscaled = render(
    sampleEnvironment([sampleApp('notes')({ scale: { min: 2, max: 5, cpu: 70, memory: 80 } })]),
  );
  const { spec: autoscaler } = autoscaled.object('HorizontalPodAutoscaler', 'notes');

  it('leaves replicas to the autoscaler: a release that names them undoes its work', () => {
    expect(autoscaled.object('Deployment', 'notes').spec.replicas).toBeUndefined();
    expect(deployed('notes').object('Deployment', 'notes').spec.replicas).toBe(2);
  });

  it('aims at what the environment asks for', () => {
    expect(autoscaler).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'notes' },
      minReplicas: 2,
      maxReplicas: 5,
    });
    expect(
      autoscaler.metrics.map(({ resource }: { resource: { name: string; target: object } }) => [
        resource.name,
        resource.target,
      ]),
    ).toEqual([
      ['cpu', { type: 'Utilization', averageUtilization: 70 }],
      ['memory', { type: 'Utilization', averageUtilization: 80 }],
    ]);
  });

  it('grows at once and shrinks slowly: every shrink makes clients reconnect', () => {
    expect(autoscaler.behavior).toEqual({
      scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 30 }] },
      scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }] },
    });
  });

  it.each([
    [{ min: 1, max: 3, cpu: 70 }, 'sample.notes.scale.min: 1 is too small; expected at least 2'],
    [{ min: 3, max: 3, cpu: 70 }, 'sample.notes.scale: min must be below max, or the autoscaler has nothing to do'],
    [{ min: 2, max: 3, cpu: 0 }, 'sample.notes.scale.cpu: 0 is too small; expected at least 1'],
  ])('refuses %j', (scale, fault) => {
    expect(faultsOf(() => render(sampleEnvironment([sampleApp('notes')({ scale })])))).toEqual([fault]);
  });
});

describe('shutdown', () => {
  it('leaves room for delay and drain before the kill, and tells the application the same numbers', () => {
    const rendered = deployed('notes', { shutdown: { delaySeconds: 5, drainSeconds: 20, delayBy: 'app' } });
    expect(rendered.pods[0]?.template.spec.terminationGracePeriodSeconds).toBe(35);
    expect(rendered.object('ConfigMap', 'notes').data).toEqual({
      SHUTDOWN_DELAY_SECONDS: '5',
      SHUTDOWN_DRAIN_SECONDS: '20',
    });
    expect(rendered.pods[0]?.template.spec.containers[0].envFrom).toEqual([{ configMapRef: { name: 'notes' } }]);
    expect(rendered.pods[0]?.template.spec.containers[0].lifecycle).toBeUndefined();
  });

  it('waits in a preStop hook for an image that stops at once', () => {
    const rendered = deployed('notes', { shutdown: { delaySeconds: 7, drainSeconds: 0, delayBy: 'preStop' } });
    const { terminationGracePeriodSeconds, containers } = rendered.pods[0]?.template.spec ?? {};
    expect(containers[0].lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '7'] } } });
    expect(terminationGracePeriodSeconds).toBe(17);
    expect(rendered.objects.filter(({ kind }) => kind === 'ConfigMap')).toEqual([]);
    expect(containers[0].envFrom).toBeUndefined();
  });
});

describe('an application’s own fields', () => {
  const notes = webApp('notes', { theme: z.enum(['dark', 'light']) }, ({ theme }) => ({
    port: 8080,
    probes: { alive: '/health', ready: '/ready' },
    scale: { replicas: 2 },
    resources: { cpu: ['100m', '100m'], memory: ['128Mi', '128Mi'] },
    settings: { THEME: theme },
  }));

  it('reach its description', () => {
    expect(render(sampleEnvironment([notes({ theme: 'dark' })])).object('ConfigMap', 'notes').data).toMatchObject({
      THEME: 'dark',
    });
  });

  it.each([
    [{ theme: 'drak' }, 'sample.notes.theme: "drak": did you mean `dark`?'],
    [{}, 'sample.notes.theme: is missing; expected one of `dark`, `light`'],
    [
      { theme: 'dark', replica: 3 },
      'sample.notes: unknown field `replica`; expected one of `theme`, `scale`, `rollout`, `resources`, `expose`',
    ],
    [{ theme: 'dark', scale: { replica: 3 } }, 'sample.notes.scale.replicas: is missing; expected a number'],
  ])('refuse %j', (props, fault) => {
    const [first] = faultsOf(() => render(sampleEnvironment([notes(props as Parameters<typeof notes>[0])])));
    expect(first).toBe(fault);
  });

  it.each([
    ['port', { port: 70000 }, 'sample.notes.port: 70000 is too large; expected at most 65535'],
    [
      'resources',
      { resources: { cpu: ['1', '1'], memory: ['1G', '1G'] } },
      'sample.notes.resources.memory.0: "1G" is not an amount of bytes such as 256Mi or 10Gi',
    ],
  ] as const)('are held to the same rules in the application’s file: %s', (_, fields, fault) => {
    expect(faultsOf(() => render(sampleEnvironment([sampleApp('notes', fields)({})])))[0]).toBe(fault);
  });
});

describe('an application’s file', () => {
  const faults = (fields: object) => faultsOf(() => render(sampleEnvironment([sampleApp('notes', fields)({})])));

  it('is refused for a misspelt field, which the compiler does not see in what a function returns', () => {
    expect(faults({ callz: [] })).toEqual(['sample.notes: unknown field `callz`; did you mean `calls`?']);
  });

  it('is refused where liveness and readiness are one question', () => {
    expect(faults({ probes: { alive: '/health', ready: '/health' } })).toEqual([
      'sample.notes.probes: alive and ready are one path; expected two, or a lost store restarts every pod',
    ]);
  });

  it.each([
    [
      { probes: { alive: 'health', ready: '/ready' } },
      'sample.notes.probes.alive: is not a path; expected a leading /',
    ],
    [{ settings: { 'MY-NAME': 'x' } }, 'sample.notes.settings.MY-NAME: is not the name of a variable'],
    [
      { writable: { '/cache': '1GB' } },
      'sample.notes.writable./cache: "1GB" is not an amount of bytes such as 256Mi or 10Gi',
    ],
    [{ calls: [{ to: 'redis' }] }, 'sample.notes.calls.0.port: is missing; expected a number'],
  ])('is refused for %j', (fields, fault) => {
    expect(faults(fields)).toEqual([fault]);
  });

  it('may name writable directories, each with a limit', () => {
    const { spec } =
      render(sampleEnvironment([sampleApp('notes', { writable: { '/var/cache': '1Gi' } })({})])).pods[0]?.template ??
      {};
    expect(spec.volumes).toEqual([
      { name: 'writable-tmp', emptyDir: { sizeLimit: '64Mi' } },
      { name: 'writable-var-cache', emptyDir: { sizeLimit: '1Gi' } },
    ]);
  });
});
