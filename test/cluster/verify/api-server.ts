import { cpSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { asRoot, withInitialised } from './kubeadm-root';

/** Folders that hold programs. */
export interface Programs {
  /** kubeadm, kubectl, kube-apiserver */
  readonly kubernetes: string;
  /** etcd, etcdctl */
  readonly etcd: string;
}

const ISOLATED = ['--net', '--pid', '--fork', '--kill-child', '--mount', '--mount-proc'];

/**
 * Starts a real etcd and API server with exactly the flags and files that kubeadm makes of the lab's first control
 * plane, their root in a scratch folder and their addresses in a network of their own, and asks for what was promised:
 * checks/ says what. Then with planted faults, each of which has to be noticed.
 * @param dist dist/cluster
 * @throws Error with a line for every finding
 */
export const verifyApiServer = (dist: string, programs: Programs): Promise<void> =>
  withInitialised(
    join(dist, 'lab/nodes/control-plane-1'),
    join(programs.kubernetes, 'kubeadm'),
    async ({ folder, init }) => {
      cpSync(join(programs.kubernetes, 'kube-apiserver'), join(folder, 'kube-apiserver'));
      cpSync(join(programs.etcd, 'etcd'), join(folder, 'etcd'));
      const inside = [process.execPath, '-r', 'ts-node/register', join(__dirname, 'api-server/inside.ts')];
      const path = [programs.kubernetes, programs.etcd, process.env.PATH].join(':');
      const { exitCode, all } = await execa(
        'unshare',
        [...asRoot(), ...ISOLATED, ...inside, folder, init.localAPIEndpoint.advertiseAddress],
        { env: { PATH: path, HOME: folder }, all: true, reject: false },
      );
      if (exitCode !== 0) throw new Error(all);
      console.log(all);
    },
  );
