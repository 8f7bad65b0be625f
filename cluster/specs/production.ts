import { cluster } from '../spec';

/** Kubeadm on EC2: three control planes behind a network load balancer, three workers in three zones. */
export const production = cluster({
  name: 'production',
  apiEndpoint: { host: 'api.production.example.com', port: 6443 },
  kubernetes: '1.36',
  cidrs: {
    api: ['198.51.100.16/28'],
    nodes: ['198.51.100.0/25'],
    pods: ['10.244.0.0/16'],
    services: ['10.96.0.0/16'],
    // The load balancer's own subnet: it replaces the clients' addresses, because targets could not reach themselves otherwise.
    snat: ['198.51.100.128/28'],
  },
  workers: [
    { name: 'worker-a', cpu: '4', memory: '16Gi', zone: 'eu-central-1a' },
    { name: 'worker-b', cpu: '4', memory: '16Gi', zone: 'eu-central-1b' },
    { name: 'worker-c', cpu: '4', memory: '16Gi', zone: 'eu-central-1c' },
  ],
  ingressController: {
    implementation: 'traefik',
    namespace: 'traefik',
    podLabels: { 'app.kubernetes.io/name': 'traefik' },
  },
  monitoring: { namespace: 'monitoring', podLabels: { 'app.kubernetes.io/name': 'prometheus' } },
  provides: { ingressClasses: ['traefik'] },
});
