import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCheckout } from './harness/checkout';
import { type Cluster, startCluster } from './harness/cluster';
import { beyond, questions, type Right, rightsOf, type Subject, tableOf } from './matrix';

/** What is allowed; everything else that can be asked is denied. */
const TABLE = join(__dirname, 'access.md');

const account = (namespace: string, name: string): Subject => ({
  user: `system:serviceaccount:${namespace}:${name}`,
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
});
const NOBODY = { user: 'system:anonymous', groups: ['system:unauthenticated'] };
const SIGNED_IN = { user: 'somebody', groups: ['system:authenticated'] };
const VIEWER = { user: 'somebody', groups: ['slipway:viewers', 'system:authenticated'] };

// The environment with the most workloads; that the others have the same roles is tested where they are rendered.
let cluster: Cluster;
let ask: (subject: Subject) => Promise<Right[]>;
let anyAccount: readonly Right[];
beforeAll(async () => {
  cluster = await startCluster('kind');
  const checkout = await createCheckout();
  const { exitCode, stdout, stderr } = await checkout.slipway(['platform', 'kind', '--yes'], {
    kubeconfig: cluster.adminKubeconfig,
  });
  if (exitCode !== 0) throw new Error(`${stdout}${stderr}`);
  const cells = await questions(cluster.api, cluster.namespace);
  ask = (subject) => rightsOf(cluster.api, subject, cells);
  anyAccount = await ask(account('kube-public', 'any'));
});

it('everybody may do what the table says, and nothing else', async () => {
  const [nobody, signedIn] = [await ask(NOBODY), await ask(SIGNED_IN)];
  const table = [
    ['Whoever is not signed in', nobody],
    ['Whoever is signed in, beyond that', beyond(signedIn, nobody)],
    ['Every ServiceAccount, beyond that', beyond(anyAccount, signedIn)],
    ['The deployer, beyond that', beyond(await ask(account(cluster.namespace, 'deployer')), anyAccount)],
    ['Viewers, beyond whoever is signed in', beyond(await ask(VIEWER), signedIn)],
  ] as const;
  const text = readFileSync(TABLE, 'utf8');
  expect(table.map(([who, rights]) => `## ${who}\n\n${tableOf(rights)}\n`).join('\n')).toBe(
    text.slice(text.indexOf('## ')),
  );
});

it('the account of a workload may do no more than any other', async () => {
  const workloads = cluster.inventory.objects
    .filter(({ kind, file }) => kind === 'ServiceAccount' && file.startsWith('workloads/'))
    .map(({ name }) => name);
  expect(workloads.length).toBeGreaterThan(2);
  for (const name of [...workloads, 'default']) {
    expect([name, beyond(await ask(account(cluster.namespace, name)), anyAccount)]).toEqual([name, []]);
  }
});
