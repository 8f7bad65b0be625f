import { balancersOf, type MachineCluster } from '../../machines';
import { CONTROL_PLANE_FILES } from '../kubernetes/files';
import { shutdownDelaySeconds } from './shutdown';
import type { ApiServer, Arg, HostPathMount } from './v1beta4';

/** What kubeadm does not decide by itself about the API servers. */
export const apiServer = (cluster: MachineCluster): ApiServer => ({
  certSANs: certificateNames(cluster),
  extraArgs: [
    { name: 'admission-control-config-file', value: CONTROL_PLANE_FILES.admission },
    ...AUDIT,
    { name: 'encryption-provider-config', value: CONTROL_PLANE_FILES.encryption },
    // Kubelets' serving certificates are the cluster's (serverTLSBootstrap): logs and exec go to the node that is meant.
    { name: 'kubelet-certificate-authority', value: '/etc/kubernetes/pki/ca.crt' },
    { name: 'profiling', value: 'false' },
    // Not ready, but serving, until every balancer has noticed; only then do connections end.
    { name: 'shutdown-delay-duration', value: `${shutdownDelaySeconds(cluster)}s` },
    ...rebalancing(cluster),
    ...nodePorts(cluster),
  ],
  extraVolumes: [
    file('admission', CONTROL_PLANE_FILES.admission),
    file('audit-policy', CONTROL_PLANE_FILES.auditPolicy),
    file('encryption', CONTROL_PLANE_FILES.encryption),
    {
      name: 'audit-log',
      hostPath: CONTROL_PLANE_FILES.auditLogs,
      mountPath: CONTROL_PLANE_FILES.auditLogs,
      readOnly: false,
      pathType: 'DirectoryOrCreate',
    },
  ],
});

/** Thirty days, at most eleven files of 100 MB. */
const AUDIT: readonly Arg[] = [
  { name: 'audit-policy-file', value: CONTROL_PLANE_FILES.auditPolicy },
  { name: 'audit-log-path', value: `${CONTROL_PLANE_FILES.auditLogs}/audit.log` },
  { name: 'audit-log-maxage', value: '30' },
  { name: 'audit-log-maxbackup', value: '10' },
  { name: 'audit-log-maxsize', value: '100' },
];

const file = (name: string, path: string): HostPathMount => ({
  name,
  hostPath: path,
  mountPath: path,
  readOnly: true,
  pathType: 'File',
});

/** Names and addresses by which somebody may reach an API server: kubeadm itself adds the machine's own. */
function certificateNames(cluster: MachineCluster): string[] {
  const { build, apiEndpoint } = cluster;
  const names = [
    apiEndpoint.host,
    ...('vip' in build.balancing ? [build.balancing.vip] : []),
    ...balancersOf(cluster).map(({ address }) => address),
    ...build.controlPlanes.map(({ address }) => address),
  ];
  return [...new Set(names)];
}

/**
 * One connection in a thousand requests is asked to come again, so that clients spread out after a restart.
 * With one API server there is nowhere else to go.
 */
const rebalancing = ({ build }: MachineCluster): Arg[] =>
  build.controlPlanes.length > 1 ? [{ name: 'goaway-chance', value: '0.001' }] : [];

/** kube-apiserver's own range, which kubeadm's default leaves alone. */
const DEFAULT_NODE_PORTS = '30000-32767';

function nodePorts({ nodePortRange }: MachineCluster): Arg[] {
  const value = nodePortRange.join('-');
  return value === DEFAULT_NODE_PORTS ? [] : [{ name: 'service-node-port-range', value }];
}
