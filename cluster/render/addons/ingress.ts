import type { MachineCluster } from '../../machines';

type Controller = NonNullable<MachineCluster['ingressController']>['implementation'];

/** How clients reach the controller: an address of MetalLB's, or ports of every node for a balancer outside. */
interface Reach {
  readonly type: 'LoadBalancer' | 'NodePort';
  readonly ports?: { readonly http: number; readonly https: number };
}

/** Two of each, so that one may be away, and a drain that waits for the other. */
const REPLICAS = 2;
const MAX_UNAVAILABLE = 1;

/** https://github.com/haproxytech/helm-charts/blob/main/kubernetes-ingress/values.yaml */
const haproxytech = (ingressClass: string, { type, ports }: Reach) => ({
  controller: {
    replicaCount: REPLICAS,
    PodDisruptionBudget: { enable: true, maxUnavailable: MAX_UNAVAILABLE },
    ingressClass,
    ingressClassResource: { name: ingressClass, default: false },
    service: { type, ...(ports ? { nodePorts: ports } : {}) },
  },
});

/** https://github.com/traefik/traefik-helm-chart/blob/master/traefik/VALUES.md */
const traefik = (ingressClass: string, { type, ports }: Reach) => ({
  deployment: { replicas: REPLICAS },
  podDisruptionBudget: { enabled: true, maxUnavailable: MAX_UNAVAILABLE },
  ingressClass: { enabled: true, isDefaultClass: false, name: ingressClass },
  service: { type },
  ...(ports ? { ports: { web: { nodePort: ports.http }, websecure: { nodePort: ports.https } } } : {}),
});

const VALUES: Readonly<Record<Controller, (ingressClass: string, reach: Reach) => object>> = {
  haproxytech,
  traefik,
  'ingress-nginx': () => {
    // `cluster()` refuses it on machines; this says so to the type checker.
    throw new Error('ingress-nginx is installed on no machines');
  },
};

/** Values of the controller's chart. */
export function ingressValues(cluster: MachineCluster, controller: Controller): object {
  const [ingressClass = controller] = cluster.provides.ingressClasses;
  return VALUES[controller](ingressClass, reachOf(cluster));
}

function reachOf({ metallbPool, nodePortRange: [first] }: MachineCluster): Reach {
  if (metallbPool) return { type: 'LoadBalancer' };
  // Fixed, or no balancer could be pointed at them: 30080 and 30443 in the usual range.
  return { type: 'NodePort', ports: { http: first + 80, https: first + 443 } };
}
