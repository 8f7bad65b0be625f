import { join } from 'node:path';
import { buildPrograms, readPrograms, SOURCES } from '../../e2e/api/programs';
import { ensurePackages } from '../../run/install';
import type { SystemPackage } from '../../run/packages';
import type { Stage } from '../../run/run-stages';
import { ROOT } from '../../run/stages';
import { verifyApiServer } from './api-server';
import { verifyBalancers } from './balancers';
import { verifyEtcdBackup } from './etcd-backup';
import { verifyKubeadm } from './kubeadm';
import { verifyScripts } from './scripts';
import { verifyVagrant } from './vagrant';

const DIST = join(ROOT, 'dist/cluster');

/** What the commands for cluster/ need beside Node.js and what `npm ci` brings. */
export const CLUSTER_PACKAGES: readonly SystemPackage[] = [
  { command: 'haproxy', package: 'haproxy', why: 'it reads what is rendered for balancers' },
  { command: 'keepalived', package: 'keepalived', why: 'it reads what is rendered for pairs' },
  { command: 'curl', package: 'curl', why: 'keepalived asks HAProxy with it' },
  { command: 'ip', package: 'iproute2', why: 'an API server gets an address in a namespace of its own' },
  { command: 'vagrant', package: 'vagrant', why: 'it judges the Vagrantfile' },
  { command: 'shellcheck', package: 'shellcheck', why: 'node scripts are linted' },
  { command: 'shfmt', package: 'shfmt', why: 'node scripts have one form' },
];

/** What `npm run verify:cluster` does, in order. Budgets are for two cores and a filled cache. */
export function composeStages(agreed: boolean): Stage[] {
  const [etcd, kubernetes, helm] = ['etcd', 'kubernetes', 'helm'].map(programsOf);
  return [
    {
      name: 'system packages',
      budgetMinutes: 3,
      run: () => ensurePackages(agreed, CLUSTER_PACKAGES, 'npm run verify:cluster'),
    },
    {
      name: 'programs',
      budgetMinutes: 0.1,
      run: () =>
        buildPrograms(
          [etcd, kubernetes, helm].flatMap((one) => one ?? []),
          console.log,
          'verify:cluster',
        ),
    },
    { name: 'balancers', budgetMinutes: 0.2, run: () => verifyBalancers(DIST) },
    {
      name: 'kubeadm',
      budgetMinutes: 0.5,
      run: () => verifyKubeadm(DIST, join(kubernetes?.binaries ?? '', 'kubeadm')),
    },
    {
      name: 'API server',
      budgetMinutes: 1,
      run: () => verifyApiServer(DIST, { kubernetes: kubernetes?.binaries ?? '', etcd: etcd?.binaries ?? '' }),
    },
    { name: 'vagrant', budgetMinutes: 0.5, run: () => verifyVagrant(DIST) },
    { name: 'scripts', budgetMinutes: 5, run: () => verifyScripts() },
    { name: 'etcd backup', budgetMinutes: 0.5, run: () => verifyEtcdBackup(etcd?.binaries ?? '') },
  ];
}

function programsOf(folder: string) {
  const source = SOURCES.find((one) => one.folder === folder);
  return source && readPrograms(source);
}
