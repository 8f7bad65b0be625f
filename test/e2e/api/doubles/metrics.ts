import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import type { Api, LiveObject } from '../../../../tools/deploy/api/client';
import { ADDRESS, CERTIFICATES } from '../harness/addresses';

/** What one container uses. */
export interface Usage {
  /** `250m` */
  readonly cpu: string;
  /** `64Mi` */
  readonly memory: string;
}

/** Double of metrics-server: the API that the autoscaler asks. */
export interface Metrics {
  /** Says what every container of a pod uses, from now on. Default: 10m and 32Mi. */
  set(usage: (pod: LiveObject) => Usage): void;
  stop(): Promise<void>;
}

interface Pod extends LiveObject {
  readonly spec: { readonly containers: readonly { readonly name: string }[] };
}

const GROUP = 'metrics.k8s.io/v1beta1';

/** Serves the metrics API to the aggregation layer, and registers it. */
export async function startMetrics(api: Api): Promise<Metrics> {
  let usage: (pod: LiveObject) => Usage = () => ({ cpu: '10m', memory: '32Mi' });
  const pki = (name: string) => readFileSync(join(CERTIFICATES, name));
  const server = createServer({ cert: pki('apiserver.crt'), key: pki('apiserver.key') }, (request, response) => {
    answer(api, request.url ?? '', usage)
      .then((body) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body)))
      .catch(() => response.writeHead(503).end());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(443, ADDRESS.metrics, resolve));
  for (const object of REGISTRATION) await api.apply(object, { manager: 'test' });
  return {
    set: (next) => {
      usage = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(api: Api, url: string, usage: (pod: LiveObject) => Usage): Promise<unknown> {
  const { pathname, searchParams } = new URL(url, 'https://metrics');
  const [, namespace] = /\/namespaces\/([^/]+)\/pods$/.exec(pathname) ?? [];
  if (namespace === undefined) return RESOURCES;
  const pods = await api.list<Pod>(`/api/v1/namespaces/${namespace}/pods`, {
    labelSelector: searchParams.get('labelSelector') ?? undefined,
  });
  const timestamp = new Date().toISOString();
  return {
    kind: 'PodMetricsList',
    apiVersion: GROUP,
    metadata: {},
    items: pods.map((pod) => ({
      metadata: { name: pod.metadata.name, namespace, labels: pod.metadata.labels },
      timestamp,
      window: '10s',
      containers: pod.spec.containers.map(({ name }) => ({ name, usage: usage(pod) })),
    })),
  };
}

const RESOURCES = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: GROUP,
  resources: [{ name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] }],
};

const place = { name: 'metrics-server', namespace: 'kube-system' };

/** The aggregation layer reaches the double as it would reach pods: by the endpoints of a Service. */
const REGISTRATION = [
  { apiVersion: 'v1', kind: 'Service', metadata: place, spec: { ports: [{ name: 'https', port: 443 }] } },
  {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...place, labels: { 'kubernetes.io/service-name': place.name } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [ADDRESS.metrics], conditions: { ready: true } }],
    ports: [{ name: 'https', port: 443, protocol: 'TCP' }],
  },
  {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1beta1.metrics.k8s.io' },
    spec: {
      group: 'metrics.k8s.io',
      version: 'v1beta1',
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: { ...place, port: 443 },
    },
  },
];
