/** Files of a control plane that its API server reads and writes; the encryption keys are made on the machine. */
export const CONTROL_PLANE_FILES = {
  auditPolicy: '/etc/kubernetes/audit/policy.yaml',
  auditLogs: '/var/log/kubernetes/audit',
  admission: '/etc/kubernetes/admission/configuration.yaml',
  encryption: '/etc/kubernetes/encryption/config.yaml',
} as const;

/** Where a kubelet finds who brings credentials for images: the configuration, and the folder of the programs that it names. */
export const CREDENTIAL_PROVIDER = {
  config: '/etc/kubernetes/credential-provider/config.yaml',
  programs: '/usr/local/lib/slipway/credential-provider',
} as const;
