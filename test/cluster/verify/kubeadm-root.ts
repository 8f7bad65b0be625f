import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import execa from 'execa';
import { loadAll } from 'js-yaml';
import type { ClusterConfiguration, InitConfiguration } from '../../../cluster/render/kubeadm/v1beta4';
import { ROOT } from '../../run/stages';

/** A first control plane's `/` as kubeadm left it, in a scratch folder. */
export interface InitialisedRoot {
  readonly folder: string;
  readonly init: InitConfiguration;
  readonly cluster: ClusterConfiguration;
}

/** Phases of `kubeadm init` that write files and start nothing. */
const PHASES = ['certs all', 'kubeconfig all', 'etcd local', 'control-plane all', 'kubelet-start'];

/**
 * Lets kubeadm write what it would write on the machine, and runs something with that. kubeadm has the scratch folder as
 * its root and no network: nothing of this machine is seen or changed.
 * @param node folder of the machine below dist/cluster/<cluster>/nodes
 */
export const withInitialised = <Result>(
  node: string,
  kubeadm: string,
  run: (root: InitialisedRoot) => Promise<Result>,
): Promise<Result> =>
  withScratch(async (folder) => {
    cpSync(join(node, 'root'), folder, { recursive: true });
    cpSync(join(node, 'kubeadm.yaml'), join(folder, 'kubeadm.yaml'));
    for (const made of ['tmp', 'var/lib/etcd', 'var/log/kubernetes/audit', 'etc/kubernetes/encryption']) {
      mkdirSync(join(folder, made), { recursive: true });
    }
    writeFileSync(join(folder, 'etc/kubernetes/encryption/config.yaml'), await encryptionConfig(), { mode: 0o600 });
    for (const phase of PHASES) {
      const words = ['--rootfs', folder, 'init', 'phase', ...phase.split(' '), '--config', '/kubeadm.yaml'];
      await execa('unshare', [...asRoot(), '--net', kubeadm, ...words]);
    }
    const [init, cluster] = loadAll(readFileSync(join(node, 'kubeadm.yaml'), 'utf8'));
    return run({ folder, init: init as InitConfiguration, cluster: cluster as ClusterConfiguration });
  });

/** Changing the root is root's: of a namespace, where the user is none here. */
export const asRoot = (): string[] => (process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']);

/** The file that `control-plane.sh` makes on the machine, by the function that it makes it with. */
async function encryptionConfig(): Promise<string> {
  const make = 'source "$1"; put_encryption_config() { cat; }; write_encryption_config';
  return (await execa('bash', ['-c', make, 'bash', join(ROOT, 'cluster/scripts/kubernetes-files.sh')])).stdout;
}

/** Runs something with a scratch folder that is gone afterwards. */
export async function withScratch<Result>(run: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-verify-'));
  try {
    return await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
