import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { RUN } from './harness/addresses';
import { type Checkout, createCheckout } from './harness/checkout';
import { type Cluster, startCluster } from './harness/cluster';
import { until } from './harness/process';

let cluster: Cluster;
let checkout: Checkout;
let deployer: string;

const slipway = (words: readonly string[], kubeconfig: string, env: NodeJS.ProcessEnv = {}) =>
  checkout.slipway(words, { kubeconfig, env });

async function succeed(words: readonly string[], kubeconfig: string): Promise<string> {
  const { exitCode, stdout, stderr } = await slipway(words, kubeconfig);
  if (exitCode !== 0) throw new Error(`slipway ${words.join(' ')} ended with code ${exitCode}\n${stdout}${stderr}`);
  return stdout;
}

/** Deploys, and expects a refusal for each reason, with nothing changed in the cluster, not even by Helm. */
async function expectRefused(reasons: readonly RegExp[], kubeconfig = deployer, env: NodeJS.ProcessEnv = {}) {
  const everything = async () => [
    await cluster.state(),
    await cluster.kubectl('-n', cluster.namespace, 'get', 'secrets,leases', '-o', 'name'),
  ];
  const before = await everything();
  const { exitCode, stderr } = await slipway(['deploy', 'production', '--yes'], kubeconfig, env);
  for (const reason of reasons) expect(stderr).toMatch(reason);
  expect(stderr.trim().split('\n')).toHaveLength(reasons.length);
  expect(exitCode).toBe(2);
  expect(await everything()).toEqual(before);
}

const patch = (object: string, change: object, type = 'merge') =>
  cluster.kubectl(
    '-n',
    cluster.namespace,
    'patch',
    ...object.split('/'),
    `--type=${type}`,
    '-p',
    JSON.stringify(change),
  );

beforeAll(async () => {
  [cluster, checkout] = await Promise.all([startCluster('production'), createCheckout()]);
});

describe('on an empty cluster, a deploy', () => {
  it('is refused for the namespace and each Secret, even as administrator', async () => {
    await expectRefused(
      [
        /namespace chat: does not exist; expected it before a release\. Next: `slipway platform production`/,
        /Secret chat: does not exist; expected type Opaque with session_key\. Next: `slipway secrets production`/,
        /Secret chat-tls: does not exist; expected type kubernetes\.io\/tls/,
        /Secret redis: does not exist/,
      ],
      cluster.adminKubeconfig,
    );
  });
});

describe('with everything in place, a deploy', () => {
  beforeAll(async () => {
    await succeed(['platform', 'production', '--yes'], cluster.adminKubeconfig);
    deployer = await cluster.deployerKubeconfig();
    await succeed(['secrets', 'production', '--generate'], deployer);
  });

  afterEach(async () => {
    await checkout.git('reset', '--quiet', '--hard', 'origin/HEAD');
    await checkout.git('clean', '--quiet', '-d', '--force');
  });

  it('passes every question', async () => {
    const said = await succeed(['deploy', 'production', '--dry-run'], deployer);
    expect(said).toMatch(/^preflight: 8 questions, nothing stands against it$/m);
  });

  it('is refused for what is not committed, and for a dist/ that is not current', async () => {
    checkout.edit('charts/environments/production.ts', (text) => text.replace('min: 3', 'min: 4'));
    await expectRefused([
      /a synth would change dist\/production\/workloads\/20-chat\.yaml.*Next: `npm run synth`/,
      /not what HEAD says: charts\/environments\/production\.ts; expected nothing uncommitted/,
    ]);
  });

  it('is not, for pins and a dist/ that await their commit', async () => {
    await checkout.pin('production', { chat: 'v2' });
    await succeed(['deploy', 'production', '--dry-run'], deployer);
  });

  it('is refused for a sample value', async () => {
    checkout.edit('charts/environments/production.ts', (text) =>
      text.replace(/smoke: \[.*\]/, "smoke: ['https://chat.example.com/ready']"),
    );
    await checkout.synth();
    await checkout.commit();
    await expectRefused([
      /host chat\.example\.com is the sample's; .* Set `smoke` in charts\/environments\/production\.ts/,
    ]);
  });

  it('is refused for an image that nobody built', async () => {
    writeFileSync(join(checkout.folder, 'charts/environments/images/production.json'), '{ "hello": "unreleased" }\n');
    await checkout.synth();
    await expectRefused([
      /chat:unreleased \(Deployment chat\) was never built/,
      /hello:unreleased .* Next: `slipway pin production hello=<tag>@sha256:<digest>`/,
    ]);
  });

  it('is refused with a Helm of another major', async () => {
    const folder = mkdtempSync(join(RUN, 'helm-'));
    const words = '[ "$1" = version ] || { echo "unknown command $1" >&2; exit 1; }';
    writeFileSync(join(folder, 'helm'), `#!/bin/sh\n${words}\necho v3.19.0 v1.34\n`);
    chmodSync(join(folder, 'helm'), 0o755);
    await expectRefused([/^helm is v3\.19\.0; expected Helm 4/], deployer, { PATH: `${folder}:${process.env.PATH}` });
  });

  it('is refused past the endpoint, by the address of one API server, and told which context is right', async () => {
    const file = join(cluster.folder, 'two-contexts.conf');
    const config = JSON.parse(readFileSync(deployer, 'utf8'));
    const [right] = config.clusters;
    const node = { name: 'node', cluster: { ...right.cluster, server: 'https://10.98.0.2:6443' } };
    const { user } = config.contexts[0].context;
    const contexts = [...config.contexts, { name: 'node', context: { cluster: 'node', user } }];
    writeFileSync(file, JSON.stringify({ ...config, clusters: [right, node], contexts, 'current-context': 'node' }));
    await expectRefused(
      [
        /context node: its server is https:\/\/10\.98\.0\.2:6443; expected https:\/\/api\.production\.internal:6443.*Next: --context deployer$/,
      ],
      file,
    );
  });

  it('is refused where nobody verifies whom it speaks to', async () => {
    const file = join(cluster.folder, 'insecure.conf');
    const config = JSON.parse(readFileSync(deployer, 'utf8'));
    const [{ name, cluster: found }] = config.clusters;
    const insecure = { name, cluster: { server: found.server, 'insecure-skip-tls-verify': true } };
    writeFileSync(file, JSON.stringify({ ...config, clusters: [insecure] }));
    await expectRefused([/insecure-skip-tls-verify is true/], file);
  });

  it('is refused for a right that is missing, with the name of who asks', async () => {
    const role = JSON.parse(await cluster.kubectl('-n', 'chat', 'get', 'role', 'deployer', '-o', 'json'));
    const rules = role.rules.filter(({ apiGroups }: { apiGroups: string[] }) => apiGroups[0] !== 'policy');
    await patch('role/deployer', { rules });
    try {
      await expectRefused([
        /system:serviceaccount:chat:deployer may not get, list, watch, create, update, patch, delete: poddisruptionbudgets\.policy in namespace chat; .*slipway platform production/,
      ]);
    } finally {
      await patch('role/deployer', { rules: role.rules });
    }
  });

  it('is refused where Pod Security was loosened', async () => {
    const label = 'pod-security.kubernetes.io/enforce';
    await cluster.kubectl('label', 'namespace', 'chat', `${label}=baseline`, '--overwrite');
    try {
      await expectRefused([/label pod-security\.kubernetes\.io\/enforce is "baseline"; expected "restricted"/]);
    } finally {
      await cluster.kubectl('label', 'namespace', 'chat', `${label}=restricted`, '--overwrite');
    }
  });

  it('is refused for a key that is gone and for one that is empty, and shows no other', async () => {
    const { data } = JSON.parse(await cluster.kubectl('-n', 'chat', 'get', 'secret', 'redis', '-o', 'json'));
    await patch('secret/redis', { data: { chat_password: '' } });
    await patch('secret/chat', { data: { session_key: null } });
    try {
      await expectRefused([
        /Secret chat: has no key session_key; expected one \(chat needs it\)/,
        /Secret redis: key chat_password is empty/,
      ]);
    } finally {
      await patch('secret/redis', { data });
      await succeed(['secrets', 'production', '--generate'], deployer);
    }
  });

  it('is refused for a certificate that ended', async () => {
    const { data } = JSON.parse(await cluster.kubectl('-n', 'chat', 'get', 'secret', 'chat-tls', '-o', 'json'));
    const { cert, private: key } = await generate([{ name: 'commonName', value: 'chat' }], {
      notBeforeDate: new Date('2020-01-01'),
      notAfterDate: new Date('2020-02-01'),
    });
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    await patch('secret/chat-tls', { data: { 'tls.crt': base64(cert), 'tls.key': base64(key) } });
    try {
      await expectRefused([/Secret chat-tls: tls\.crt ended 2020-02-01; expected one that is valid/]);
    } finally {
      await patch('secret/chat-tls', { data });
    }
  });

  it('is refused for all that at once', async () => {
    checkout.edit('README.md', (text) => `${text}\n`);
    await cluster.kubectl('label', 'namespace', 'chat', 'pod-security.kubernetes.io/warn-');
    await patch('secret/redis', { data: { chat_password: '' } });
    await expectRefused([
      /README\.md/,
      /label pod-security\.kubernetes\.io\/warn is missing/,
      /chat_password is empty/,
    ]);
  });

  it('is refused while somebody deletes the namespace', async () => {
    // A finalizer of nobody keeps it terminating.
    await cluster.kubectl('-n', 'chat', 'create', 'configmap', 'held');
    await patch('configmap/held', { metadata: { finalizers: ['slipway.test/held'] } });
    await cluster.kubectl('delete', 'namespace', 'chat', '--wait=false');
    const roles = async () => (await cluster.kubectl('-n', 'chat', 'get', 'roles,secrets,leases', '-o', 'name')) === '';
    await until('all else is gone', roles, 30);
    const { exitCode, stderr } = await slipway(['deploy', 'production', '--yes'], cluster.adminKubeconfig);
    expect(stderr).toMatch(/namespace chat: somebody deletes it, since 20\S+Z; expected it to stay/);
    expect(exitCode).toBe(2);
  });
});
