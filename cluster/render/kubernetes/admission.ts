import type { MachineCluster } from '../../machines';
import { privilegedNamespaces } from '../addons/manifests';

type Level = 'privileged' | 'baseline' | 'restricted';

/** https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-admission-controller/ */
interface AdmissionConfiguration {
  readonly apiVersion: 'apiserver.config.k8s.io/v1';
  readonly kind: 'AdmissionConfiguration';
  readonly plugins: readonly {
    readonly name: 'PodSecurity';
    readonly configuration: {
      readonly apiVersion: 'pod-security.admission.config.k8s.io/v1';
      readonly kind: 'PodSecurityConfiguration';
      readonly defaults: Readonly<Record<'enforce' | 'audit' | 'warn', Level>> &
        Readonly<Record<'enforce-version' | 'audit-version' | 'warn-version', string>>;
      readonly exemptions: { readonly namespaces: readonly string[] };
    };
  }[];
}

/**
 * What a namespace without labels gets: no privileged pods, and a word about what is less than restricted.
 * Exempt are the system's own and those of add-ons that need the machine; what they may do, they may do before any
 * label is on them. Standards are those of the cluster's minor, so that an upgrade refuses nothing by surprise.
 */
export function admissionConfiguration(cluster: MachineCluster): AdmissionConfiguration {
  const version = `v${cluster.kubernetes}`;
  return {
    apiVersion: 'apiserver.config.k8s.io/v1',
    kind: 'AdmissionConfiguration',
    plugins: [
      {
        name: 'PodSecurity',
        configuration: {
          apiVersion: 'pod-security.admission.config.k8s.io/v1',
          kind: 'PodSecurityConfiguration',
          defaults: {
            enforce: 'baseline',
            'enforce-version': version,
            audit: 'restricted',
            'audit-version': version,
            warn: 'restricted',
            'warn-version': version,
          },
          exemptions: { namespaces: privilegedNamespaces(cluster) },
        },
      },
    ],
  };
}
