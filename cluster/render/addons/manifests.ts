import type { MachineCluster } from '../../machines';

/** Something that is installed into the cluster, by the name of its download. */
export interface AddOn {
  readonly name: string;
  /** Script of cluster/plan.ts that installs it: nodes join only where the network is there. */
  readonly step: 'network' | 'addons';
  /** `manifest`: applied as it was published. `chart`: installed by Helm with values of ours. */
  readonly how: 'manifest' | 'chart';
  readonly namespace?: string;
  /** What has to be rolled out before the next thing is installed. */
  readonly wait?: string;
  /** File of ours beside the list: objects that are applied afterwards, or the values of a chart. */
  readonly own?: string;
  /** Namespaces whose pods need the machine itself: its network, its folders, its kernel. */
  readonly privileged?: readonly string[];
}

/** Add-ons of a cluster in the order of installing them. */
export const addOnsOf = ({ build, metallbPool, ingressController }: MachineCluster): readonly AddOn[] => [
  { name: 'calico-operator-crds', step: 'network', how: 'manifest' },
  {
    name: 'calico-operator',
    step: 'network',
    how: 'manifest',
    namespace: 'tigera-operator',
    wait: 'deployment/tigera-operator',
    own: 'calico.yaml',
    privileged: ['tigera-operator', 'calico-system'],
  },
  // First, for without it nobody reads logs, and metrics-server believes no kubelet.
  {
    name: 'kubelet-serving-cert-approver',
    step: 'addons',
    how: 'manifest',
    namespace: 'kubelet-serving-cert-approver',
    wait: 'deployment/kubelet-serving-cert-approver',
  },
  ...(build.addons.metricsServer
    ? [manifest({ name: 'metrics-server', namespace: 'kube-system', wait: 'deployment/metrics-server' })]
    : []),
  ...(metallbPool
    ? [
        manifest({
          name: 'metallb',
          namespace: 'metallb-system',
          // Its webhook judges the pools.
          wait: 'deployment/controller',
          own: 'metallb.yaml',
          privileged: ['metallb-system'],
        }),
      ]
    : []),
  ...(build.addons.localPathProvisioner
    ? [
        manifest({
          name: 'local-path-provisioner',
          namespace: 'local-path-storage',
          wait: 'deployment/local-path-provisioner',
          privileged: ['local-path-storage'],
        }),
      ]
    : []),
  ...(ingressController
    ? [
        {
          name: ingressController.implementation,
          step: 'addons' as const,
          how: 'chart' as const,
          namespace: ingressController.namespace,
          own: `${ingressController.implementation}.values.yaml`,
        },
      ]
    : []),
];

const manifest = (addOn: Omit<AddOn, 'step' | 'how'>): AddOn => ({ ...addOn, step: 'addons', how: 'manifest' });

/** Namespaces that the Pod Security defaults leave alone. */
export const privilegedNamespaces = (cluster: MachineCluster): readonly string[] => [
  'kube-system',
  ...addOnsOf(cluster).flatMap(({ privileged = [] }) => privileged),
];
