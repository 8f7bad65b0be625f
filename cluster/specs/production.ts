import { cluster } from '../spec';

/** Kubeadm on EC2: three control planes in three zones behind a network load balancer, a worker in each zone. */
export const production = cluster({
  name: 'production',
  apiEndpoint: { host: 'api.production.example.com', port: 6443 },
  kubernetes: '1.36',
  cidrs: {
    api: ['198.51.100.16/28', '198.51.100.48/28', '198.51.100.80/28'],
    nodes: ['198.51.100.0/25'],
    pods: ['10.244.0.0/16'],
    services: ['10.96.0.0/16'],
    // The load balancer's own subnet: it replaces the clients' addresses, because targets could not reach themselves otherwise.
    snat: ['198.51.100.128/28'],
  },
  workers: [
    { name: 'worker-a', address: '198.51.100.8', cpu: '4', memory: '16Gi', zone: 'eu-central-1a' },
    { name: 'worker-b', address: '198.51.100.40', cpu: '4', memory: '16Gi', zone: 'eu-central-1b' },
    { name: 'worker-c', address: '198.51.100.72', cpu: '4', memory: '16Gi', zone: 'eu-central-1c' },
  ],
  build: {
    by: 'kubeadm',
    interface: 'ens5',
    controlPlanes: [
      { name: 'control-plane-a', address: '198.51.100.20', cpu: '2', memory: '8Gi', zone: 'eu-central-1a' },
      { name: 'control-plane-b', address: '198.51.100.52', cpu: '2', memory: '8Gi', zone: 'eu-central-1b' },
      { name: 'control-plane-c', address: '198.51.100.84', cpu: '2', memory: '8Gi', zone: 'eu-central-1c' },
    ],
    balancing: { kind: 'nlb' },
    addons: { cni: { name: 'calico' } },
    aws: {
      region: 'eu-central-1',
      account: '123456789012',
      network: '198.51.100.0/24',
      subnets: [
        { zone: 'eu-central-1a', cidr: '198.51.100.0/27' },
        { zone: 'eu-central-1b', cidr: '198.51.100.32/27' },
        { zone: 'eu-central-1c', cidr: '198.51.100.64/27' },
      ],
      instances: { controlPlane: 'm6i.large', worker: 'm6i.xlarge' },
      kops: { stateBucket: 'slipway-kops-state-example', dnsZone: 'k8s.example.com' },
    },
  },
  ingressController: {
    implementation: 'traefik',
    namespace: 'traefik',
    podLabels: { 'app.kubernetes.io/name': 'traefik' },
  },
  monitoring: { namespace: 'monitoring', podLabels: { 'app.kubernetes.io/name': 'prometheus' } },
  provides: { ingressClasses: ['traefik'] },
});
