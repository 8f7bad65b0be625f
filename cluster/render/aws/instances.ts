import type { Kubeadm } from '../../build';
import type { Machine, MachineCluster } from '../../machines';
import type { RunInstances } from './cli';

type Aws = NonNullable<Kubeadm['aws']>;

/** Image, subnet, key and security group are given by option: their ids are AWS's. */
export const runInstance = (
  { name: cluster }: MachineCluster,
  { instances }: Aws,
  { name, role, address }: Machine,
): RunInstances => ({
  InstanceType: role === 'worker' ? instances.worker : instances.controlPlane,
  MinCount: 1,
  MaxCount: 1,
  PrivateIpAddress: address,
  IamInstanceProfile: { Name: `${cluster}-${role}` },
  MetadataOptions: {
    HttpEndpoint: 'enabled',
    HttpTokens: 'required',
    // The answer crosses no bridge: a pod cannot take its machine's role. Kubelets and their plug-ins run on the machine itself.
    HttpPutResponseHopLimit: 1,
  },
  TagSpecifications: (['instance', 'volume'] as const).map((ResourceType) => ({
    ResourceType,
    Tags: [{ Key: 'Name', Value: name }],
  })),
});
