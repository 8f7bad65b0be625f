import type { Kubeadm } from '../../build';
import type { MachineCluster } from '../../machines';
import { versionsOf } from '../../versions';

/** What slipway writes of it: https://github.com/containerd/containerd/blob/main/docs/cri/config.md, of containerd 2. */
interface ContainerdConfig {
  readonly version: 3;
  readonly plugins: {
    readonly 'io.containerd.cri.v1.images': {
      readonly pinned_images: { readonly sandbox: string };
      readonly registry: { readonly config_path: string };
    };
    readonly 'io.containerd.cri.v1.runtime': {
      readonly containerd: {
        readonly runtimes: {
          readonly runc: { readonly runtime_type: string; readonly options: { readonly SystemdCgroup: boolean } };
        };
      };
    };
  };
}

/** https://github.com/containerd/containerd/blob/main/docs/hosts.md */
interface RegistryHost {
  readonly server: string;
  readonly host: Readonly<
    Record<string, { readonly capabilities: readonly ('pull' | 'resolve')[]; readonly ca?: string }>
  >;
}

/** A folder for each registry; Docker's `insecure-registries` means nothing to containerd. */
export const REGISTRY_HOSTS = '/etc/containerd/certs.d';

export const containerdConfig = ({ kubernetes }: MachineCluster): ContainerdConfig => ({
  version: 3,
  plugins: {
    'io.containerd.cri.v1.images': {
      // The one that kubeadm has pulled: another one is a second image, and one that a registry away may not have.
      pinned_images: { sandbox: `registry.k8s.io/pause:${versionsOf(kubernetes).pause}` },
      registry: { config_path: REGISTRY_HOSTS },
    },
    'io.containerd.cri.v1.runtime': {
      containerd: {
        runtimes: { runc: { runtime_type: 'io.containerd.runc.v2', options: { SystemdCgroup: true } } },
      },
    },
  },
});

/** A registry that is reached over TLS, by its own authority or the system's. Nodes read from it and never write. */
export function registryHost({ host, ca }: Kubeadm['registries'][number]): RegistryHost {
  const url = `https://${host}`;
  return { server: url, host: { [url]: { capabilities: ['pull', 'resolve'], ...(ca ? { ca } : {}) } } };
}
