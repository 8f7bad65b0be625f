import { k8s } from 'cdk8s-plus-28';
import { nearest, Refused } from '../../tools/parse/parse';
import type { Site } from '../environments/workload';
import { selectorLabels } from './naming';
import { renderRoute } from './route';
import type { DecidedWebApp } from './web-app-props';
import { labelsOf, type PodSpec, type Probes, podTemplate, renderSurroundings } from './workload';

type Identity = Pick<PodSpec, 'name' | 'component' | 'image'>;

/** Kept free between the last drain and SIGKILL, for exit and slow clocks. */
const GRACE_MARGIN_SECONDS = 10;

/** The objects of a web application: account, settings, deployment, route, autoscaler, budget, policy. */
export function renderWebApp(site: Site, identity: Identity, app: DecidedWebApp): void {
  const { chart, environment } = site;
  const { name } = identity;
  const labels = labelsOf(environment, identity);
  const metadata = { name, namespace: environment.namespace, labels };
  renderSurroundings(site, name, labels);
  if (Object.keys(app.settings).length > 0) new k8s.KubeConfigMap(chart, 'settings', { metadata, data: app.settings });
  new k8s.KubeDeployment(chart, 'deployment', {
    metadata,
    spec: {
      // Under an autoscaler `replicas` stays out: each release would undo what the autoscaler did.
      replicas: 'replicas' in app.scale ? app.scale.replicas : undefined,
      selector: { matchLabels: selectorLabels(name) },
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: {
          maxSurge: intOrPercent(app.rollout.maxSurge),
          maxUnavailable: intOrPercent(app.rollout.maxUnavailable),
        },
      },
      minReadySeconds: 5,
      revisionHistoryLimit: 5,
      progressDeadlineSeconds: app.startSeconds + 120,
      template: podTemplate(environment, podOf(site, identity, app)),
    },
  });
  renderRoute(chart, environment, name, app.expose, labels);
  if ('min' in app.scale) {
    new k8s.KubeHorizontalPodAutoscalerV2(chart, 'autoscaler', { metadata, spec: autoscaling(name, app.scale) });
  }
}

function podOf(site: Site, identity: Identity, app: DecidedWebApp): PodSpec {
  const borrowed = Object.entries(app.settingsFrom);
  return {
    ...identity,
    ports: { http: app.port, ...(app.metricsPort && { metrics: app.metricsPort }) },
    envFrom: Object.keys(app.settings).length > 0 ? identity.name : undefined,
    env: borrowed.map(
      ([name, { configMap, key }]): k8s.EnvVar => ({
        name,
        valueFrom: { configMapKeyRef: { name: configMap, key } },
      }),
    ),
    secrets: app.secrets,
    probes: probes(app),
    resources: app.resources,
    writable: { '/tmp': '64Mi', ...app.writable },
    preStop: app.shutdown.delayBy === 'preStop' ? ['sleep', String(app.shutdown.delaySeconds)] : undefined,
    graceSeconds: app.shutdown.delaySeconds + app.shutdown.drainSeconds + GRACE_MARGIN_SECONDS,
    config: { ...app.settings, ...borrowedSettings(site, identity.name, app) },
    annotations: app.metricsPort
      ? {
          'prometheus.io/scrape': 'true',
          'prometheus.io/port': String(app.metricsPort),
          'prometheus.io/path': '/metrics',
        }
      : {},
  };
}

/** @throws Refused where no neighbour has the ConfigMap or the key: the pod would never start. */
function borrowedSettings({ environment, configMaps }: Site, name: string, app: DecidedWebApp): Record<string, string> {
  const faults: string[] = [];
  const settings: Record<string, string> = {};
  for (const [variable, { configMap, key }] of Object.entries(app.settingsFrom)) {
    const data = configMaps[configMap];
    const value = data?.[key];
    if (value !== undefined) settings[variable] = value;
    else {
      const known = data ? nearest(key, Object.keys(data)) : nearest(configMap, Object.keys(configMaps));
      faults.push(
        `${environment.name}.${name}.settingsFrom.${variable}: nothing here has key "${key}" of ConfigMap "${configMap}"; ${known}`,
      );
    }
  }
  if (faults.length > 0) throw new Refused(faults);
  return settings;
}

/** The startup probe asks what liveness asks: a slow start is not a reason to restart, and readiness waits for stores. */
function probes({ probes: { alive, ready }, startSeconds }: DecidedWebApp): Probes {
  const get = (path: string): k8s.Probe => ({
    httpGet: { path, port: k8s.IntOrString.fromString('http'), scheme: 'HTTP' },
    timeoutSeconds: 2,
  });
  return {
    startup: { ...get(alive), periodSeconds: 2, failureThreshold: Math.ceil(startSeconds / 2) },
    liveness: { ...get(alive), periodSeconds: 10, failureThreshold: 3 },
    readiness: { ...get(ready), periodSeconds: 5, failureThreshold: 2 },
  };
}

/** Grows at once, shrinks one pod in two minutes after five quiet ones: long-lived connections make shrinking dear. */
function autoscaling(
  name: string,
  { min, max, cpu, memory }: Extract<DecidedWebApp['scale'], { min: number }>,
): k8s.HorizontalPodAutoscalerSpecV2 {
  const utilization = (resource: string, averageUtilization: number): k8s.MetricSpecV2 => ({
    type: 'Resource',
    resource: { name: resource, target: { type: 'Utilization', averageUtilization } },
  });
  return {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
    minReplicas: min,
    maxReplicas: max,
    metrics: [utilization('cpu', cpu), ...(memory ? [utilization('memory', memory)] : [])],
    behavior: {
      scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: 'Percent', value: 100, periodSeconds: 30 }] },
      scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Pods', value: 1, periodSeconds: 120 }] },
    },
  };
}

const intOrPercent = (value: number | string): k8s.IntOrString =>
  typeof value === 'number' ? k8s.IntOrString.fromNumber(value) : k8s.IntOrString.fromString(value);
