import { cluster } from '../spec';

const dedicated = { key: 'prd', value: 'true', effect: 'NoSchedule' } as const;

/** Kind on a laptop: one control plane and two workers, both tainted for the application. */
export const kind = cluster({
  name: 'kind',
  apiEndpoint: { host: '127.0.0.1', port: 6443 },
  kubernetes: '1.36',
  cidrs: {
    api: ['172.18.0.0/16'],
    nodes: ['172.18.0.0/16'],
    pods: ['10.244.0.0/16'],
    services: ['10.96.0.0/16'],
  },
  workers: [
    { name: 'kind-worker', cpu: '2', memory: '4Gi', zone: 'local', taints: [dedicated] },
    { name: 'kind-worker2', cpu: '2', memory: '4Gi', zone: 'local', taints: [dedicated] },
  ],
  build: { by: 'kind' },
  ingressController: {
    implementation: 'ingress-nginx',
    namespace: 'ingress-nginx',
    podLabels: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' },
  },
  provides: { storageClasses: ['standard'], ingressClasses: ['nginx'] },
});
