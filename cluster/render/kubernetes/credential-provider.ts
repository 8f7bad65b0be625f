import type { Kubeadm } from '../../build';

/** https://kubernetes.io/docs/reference/config-api/kubelet-config.v1/ */
interface CredentialProviderConfig {
  readonly apiVersion: 'kubelet.config.k8s.io/v1';
  readonly kind: 'CredentialProviderConfig';
  readonly providers: readonly {
    /** Name of the program, too. */
    readonly name: string;
    readonly matchImages: readonly string[];
    readonly defaultCacheDuration: string;
    readonly apiVersion: 'credentialprovider.kubelet.k8s.io/v1';
  }[];
}

/**
 * Who brings credentials for the account's private registry of ECR: a program on the node that uses the machine's role.
 * It is asked for no other image. It answers with a time of its own, half of what its token still lives; where it does
 * not, an hour is well below the twelve that a token may live.
 */
export const credentialProviders = ({ account, region }: NonNullable<Kubeadm['aws']>): CredentialProviderConfig => ({
  apiVersion: 'kubelet.config.k8s.io/v1',
  kind: 'CredentialProviderConfig',
  providers: [
    {
      name: 'ecr-credential-provider',
      matchImages: [`${account}.dkr.ecr.${region}.${domainOf(region)}`],
      defaultCacheDuration: '1h',
      apiVersion: 'credentialprovider.kubelet.k8s.io/v1',
    },
  ],
});

/** China's regions are a partition of their own. */
const domainOf = (region: string): string => (region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com');
