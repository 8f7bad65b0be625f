import { cluster } from '../../../cluster/spec';

const machine = (name: string, address: string) => ({ name, address, cpu: '2', memory: '2Gi' });

/** A pair of balancers before three API servers, in a network that exists in the lab's namespaces alone. */
export const labCluster = cluster({
  name: 'balancer-lab',
  apiEndpoint: { host: 'api.lab.example.com', port: 6443 },
  kubernetes: '1.36',
  cidrs: { api: ['192.0.2.96/29'], nodes: ['192.0.2.0/24'], pods: ['10.244.0.0/16'], services: ['10.96.0.0/16'] },
  workers: [{ ...machine('worker-1', '192.0.2.104'), zone: 'a' }],
  build: {
    by: 'kubeadm',
    interface: 'eth0',
    controlPlanes: [
      { ...machine('control-plane-1', '192.0.2.97'), zone: 'a' },
      { ...machine('control-plane-2', '192.0.2.98'), zone: 'a' },
      { ...machine('control-plane-3', '192.0.2.99'), zone: 'a' },
    ],
    balancing: {
      kind: 'pair',
      vip: '192.0.2.90',
      machines: [machine('balancer-1', '192.0.2.91'), machine('balancer-2', '192.0.2.92')],
    },
    addons: { cni: { name: 'calico' } },
  },
  provides: {},
});
