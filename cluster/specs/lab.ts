import { cluster } from '../spec';

/** Seven virtual machines on bare metal: two load balancers, three control planes, two workers. */
export const lab = cluster({
  name: 'lab',
  apiEndpoint: { host: 'api.lab.example.com', port: 6443 },
  kubernetes: '1.36',
  cidrs: {
    api: ['192.0.2.96/29'],
    nodes: ['192.0.2.0/24'],
    pods: ['10.244.0.0/16'],
    services: ['10.96.0.0/16'],
  },
  workers: [
    { name: 'worker-1', cpu: '2', memory: '4Gi', zone: 'rack-1' },
    { name: 'worker-2', cpu: '2', memory: '4Gi', zone: 'rack-2' },
  ],
  ingressController: {
    implementation: 'haproxytech',
    namespace: 'haproxy-controller',
    podLabels: { 'app.kubernetes.io/name': 'kubernetes-ingress' },
  },
  monitoring: { namespace: 'monitoring', podLabels: { 'app.kubernetes.io/name': 'prometheus' } },
  metallbPool: '192.0.2.160/27',
  provides: { ingressClasses: ['haproxy'] },
});
