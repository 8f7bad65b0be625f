import { isOnMachines, machinesOf } from '../machines';
import { onMachine, type Target } from './file';
import { admissionConfiguration } from './kubernetes/admission';
import { auditPolicy } from './kubernetes/audit';
import { credentialProviders } from './kubernetes/credential-provider';
import { CONTROL_PLANE_FILES, CREDENTIAL_PROVIDER } from './kubernetes/files';
import { yaml } from './yaml';

/** What API servers and kubelets read beside their flags. */
export const kubernetes: Target = (cluster) => {
  if (!isOnMachines(cluster)) return [];
  const { aws } = cluster.build;
  const nodes = machinesOf(cluster).filter(({ role }) => role !== 'balancer');
  return [
    ...cluster.build.controlPlanes.flatMap(({ name }) => [
      onMachine(name, CONTROL_PLANE_FILES.auditPolicy, yaml(auditPolicy)),
      onMachine(name, CONTROL_PLANE_FILES.admission, yaml(admissionConfiguration(cluster))),
    ]),
    ...(aws
      ? nodes.map(({ name }) => onMachine(name, CREDENTIAL_PROVIDER.config, yaml(credentialProviders(aws))))
      : []),
  ];
};
