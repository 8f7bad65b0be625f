import { join } from 'node:path';
import execa from 'execa';
import { ROOT } from '../../run/stages';

const BATS = join(ROOT, 'node_modules/bats/bin/bats');

/**
 * Our scripts save what a real etcd with TLS holds, and give it back after it was lost: keys compared, the revision
 * ahead of every client's, a damaged snapshot refused, the oldest removed. In namespaces of its own; needs root.
 * @param etcdFolder folder that holds etcd, etcdctl and etcdutl.
 */
export async function verifyEtcdBackup(etcdFolder: string): Promise<void> {
  await execa(
    BATS,
    [
      '--setup-suite-file',
      join(__dirname, '../scripts/setup_suite.bash'),
      '--show-output-of-passing-tests',
      join(__dirname, 'etcd'),
    ],
    { stdio: 'inherit', cwd: ROOT, env: { ETCD_PROGRAMS: etcdFolder } },
  );
}
