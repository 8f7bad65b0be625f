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
    { name: 'worker-1', address: '192.0.2.104', cpu: '2', memory: '4Gi', zone: 'rack-1' },
    { name: 'worker-2', address: '192.0.2.105', cpu: '2', memory: '4Gi', zone: 'rack-2' },
  ],
  build: {
    by: 'kubeadm',
    interface: 'eth1',
    controlPlanes: [
      { name: 'control-plane-1', address: '192.0.2.97', cpu: '2', memory: '2Gi', zone: 'rack-1' },
      { name: 'control-plane-2', address: '192.0.2.98', cpu: '2', memory: '2Gi', zone: 'rack-2' },
      { name: 'control-plane-3', address: '192.0.2.99', cpu: '2', memory: '2Gi', zone: 'rack-3' },
    ],
    balancing: {
      kind: 'pair',
      vip: '192.0.2.90',
      machines: [
        { name: 'balancer-1', address: '192.0.2.91', cpu: '1', memory: '512Mi' },
        { name: 'balancer-2', address: '192.0.2.92', cpu: '1', memory: '512Mi' },
      ],
    },
    addons: { cni: { name: 'calico' } },
    registries: [{ host: 'registry.lab.example.com:5000', ca: '/etc/slipway/registry-ca.crt' }],
    vagrant: { box: 'debian/bookworm64', network: { kind: 'bridged', interface: 'eno1' } },
  },
  ingressController: {
    implementation: 'haproxytech',
    namespace: 'haproxy-controller',
    podLabels: { 'app.kubernetes.io/name': 'kubernetes-ingress' },
  },
  monitoring: { namespace: 'monitoring', podLabels: { 'app.kubernetes.io/name': 'prometheus' } },
  metallbPool: '192.0.2.160/27',
  provides: { ingressClasses: ['haproxy'] },
});
