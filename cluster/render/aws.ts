import type { Kubeadm } from '../build';
import { isOnMachines, type MachineCluster, machinesOf } from '../machines';
import { runInstance } from './aws/instances';
import {
  createListener,
  createLoadBalancer,
  createTargetGroup,
  listenerAttributes,
  loadBalancerAttributes,
  registerTargets,
  targetGroupAttributes,
} from './aws/load-balancer';
import { pullImages, trustOfInstances } from './aws/policies';
import { createSecurityGroup, ingressOf } from './aws/security-groups';
import type { RenderedFile, Target } from './file';

/** What a cluster on EC2 stands on: one file for each call of the AWS command line, in its own words; never run here. */
export const aws: Target = (cluster) => {
  if (!isOnMachines(cluster) || !cluster.build.aws) return [];
  return [
    ...policies(cluster.build.aws),
    ...securityGroups(cluster),
    ...machinesOf(cluster).map((machine) =>
      file(`instances/${machine.name}/run-instances`, runInstance(cluster, cluster.build.aws as Aws, machine)),
    ),
    ...(cluster.build.balancing.kind === 'nlb' ? loadBalancer(cluster) : []),
  ];
};

type Aws = NonNullable<Kubeadm['aws']>;

const file = (path: string, call: object): RenderedFile => ({
  path: `aws/${path}.json`,
  content: `${JSON.stringify(call, null, 2)}\n`,
});

/** Control planes pull images like workers, and need nothing else of AWS: no part of the cluster speaks to its API. */
const policies = (own: Aws): RenderedFile[] => [
  file('iam/trust', trustOfInstances),
  file('iam/control-plane', pullImages(own)),
  file('iam/worker', pullImages(own)),
];

const securityGroups = (cluster: MachineCluster): RenderedFile[] =>
  [...new Set(machinesOf(cluster).map(({ role }) => role))].flatMap((role) => [
    file(`security-groups/${role}/create-security-group`, createSecurityGroup(cluster, role)),
    file(`security-groups/${role}/authorize-security-group-ingress`, ingressOf(cluster, role)),
  ]);

const loadBalancer = (cluster: MachineCluster): RenderedFile[] => [
  file('load-balancer/create-load-balancer', createLoadBalancer(cluster)),
  file('load-balancer/modify-load-balancer-attributes', loadBalancerAttributes),
  file('load-balancer/create-target-group', createTargetGroup(cluster)),
  file('load-balancer/modify-target-group-attributes', targetGroupAttributes),
  file('load-balancer/register-targets', registerTargets(cluster)),
  file('load-balancer/create-listener', createListener(cluster)),
  file('load-balancer/modify-listener-attributes', listenerAttributes),
];
