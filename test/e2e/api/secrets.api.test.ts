import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { LiveObject } from '../../../tools/deploy/api/client';
import { type Checkout, createCheckout } from './harness/checkout';
import { type Cluster, startCluster } from './harness/cluster';
import { until } from './harness/process';

const CHANGED_AT = 'slipway.release/secrets-changed-at';
const fresh = () => randomBytes(24).toString('base64url');

interface Secret extends LiveObject {
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

interface Workload extends LiveObject {
  readonly spec: {
    readonly template: { readonly metadata: { readonly annotations: Readonly<Record<string, string>> } };
  };
}

let cluster: Cluster;
let checkout: Checkout;
let kubeconfig: string;

const secret = (name: string) => cluster.api.get<Secret>(`/api/v1/namespaces/${cluster.namespace}/secrets/${name}`);
const kept = async (name: string, key: string) =>
  Buffer.from((await secret(name)).data[key] ?? '', 'base64').toString();
const restartedAt = async (kind: 'deployments' | 'statefulsets', name: string) => {
  const path = `/apis/apps/v1/namespaces/${cluster.namespace}/${kind}/${name}`;
  return (await cluster.api.get<Workload>(path)).spec.template.metadata.annotations[CHANGED_AT];
};
const slipway = (words: readonly string[], rest: { env?: NodeJS.ProcessEnv; input?: string; as?: string } = {}) =>
  checkout.slipway(['secrets', cluster.inventory.environment, ...words], {
    kubeconfig: rest.as ?? kubeconfig,
    ...rest,
  });

async function platformOf(environment: string): Promise<void> {
  cluster = await startCluster(environment);
  checkout ??= await createCheckout();
  const folder = join(checkout.folder, 'dist', environment, 'platform');
  await cluster.kubectl('apply', '--server-side', '--filename', folder);
  kubeconfig = await cluster.deployerKubeconfig();
}

describe('secrets of kind', () => {
  beforeAll(async () => {
    cluster = await startCluster('kind');
    checkout = await createCheckout();
  });

  it('need the namespace', async () => {
    const { exitCode, stderr } = await slipway(['--generate'], { as: cluster.adminKubeconfig });
    expect(stderr).toContain('namespace chat: is not there; expected `slipway platform kind` before');
    expect(exitCode).toBe(1);
    await cluster.kubectl('apply', '--server-side', '--filename', join(checkout.folder, 'dist/kind/platform'));
    kubeconfig = await cluster.deployerKubeconfig();
  });

  it('are named where they are missing, with each way to give them; nothing is written', async () => {
    const before = await cluster.state();
    const { exitCode, stderr } = await slipway([]);
    for (const name of ['CHAT_SESSION_KEY', 'MYSQL_PASSWORD', 'MYSQL_ROOT_PASS', 'REDIS_CHAT_PASSWORD']) {
      expect(stderr).toContain(`is missing; expected SLIPWAY_SECRET_${name}`);
    }
    expect(stderr).toMatch(/--from <folder>.*--stdin.*--generate/);
    const check = await slipway(['--check', '--json']);
    expect(new Set(JSON.parse(check.stdout).keys.map(({ state }: { state: string }) => state))).toEqual(
      new Set(['missing']),
    );
    expect([exitCode, check.exitCode]).toEqual([1, 1]);
    expect(await cluster.state()).toEqual(before);
  });

  it('are made up by the deployer, who sees none of them', async () => {
    const { exitCode, stdout, stderr } = await slipway(['--generate']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const { name, keys } of cluster.inventory.secrets) {
      const live = await secret(name);
      expect(live.metadata.labels).toEqual({ 'app.kubernetes.io/managed-by': 'slipway' });
      expect(live.metadata.managedFields?.map(({ manager }) => manager)).toEqual(['slipway-secrets']);
      for (const key of Object.keys(keys)) {
        const value = await kept(name, key);
        expect(value.length).toBeGreaterThanOrEqual(32);
        expect(stdout).not.toContain(value);
      }
    }
    expect((await slipway(['--check'])).exitCode).toBe(0);
  });

  it('that are there are no change: nothing is written', async () => {
    const versions = () =>
      Promise.all(cluster.inventory.secrets.map(async ({ name }) => (await secret(name)).metadata.resourceVersion));
    const before = await versions();
    const input = JSON.stringify({ redis: { chat_password: await kept('redis', 'chat_password') } });
    for (const given of [['--generate'], ['--stdin']]) {
      const { exitCode, stdout } = await slipway(given, { input });
      expect(stdout).toBe('kind: nothing to change; every Secret is there');
      expect(exitCode).toBe(0);
    }
    expect(await versions()).toEqual(before);
  });

  it('restart who reads a changed value, who is called before who calls, and nobody else', async () => {
    await cluster.kubectl('apply', '--server-side', '--filename', join(checkout.folder, 'dist/kind/workloads'));
    await cluster.kubectl('rollout', 'status', '--namespace', 'chat', '--timeout', '60s', 'deployment/chat');
    const value = fresh();
    const { exitCode, stdout } = await slipway([], { env: { SLIPWAY_SECRET_REDIS_CHAT_PASSWORD: value } });
    expect(stdout).toMatch(
      /restarting redis\n(.*\n)*.*StatefulSet redis: ready\n(.*\n)*restarting chat\n(.*\n)*.*Deployment chat: ready\n/,
    );
    expect(stdout).toContain('kind: 1 value written; redis, chat restarted');
    expect(stdout).not.toContain(value);
    expect(exitCode).toBe(0);
    expect(await kept('redis', 'chat_password')).toBe(value);
    expect(await restartedAt('statefulsets', 'redis')).toBeDefined();
    expect(await restartedAt('deployments', 'chat')).toBeDefined();
    expect(await restartedAt('statefulsets', 'mysql')).toBeUndefined();
    expect(await restartedAt('deployments', 'hello')).toBeUndefined();
    expect((await secret('redis')).metadata.annotations).toBeUndefined();
  });

  it('that were written by a process that was killed are finished by the next one', async () => {
    const before = await restartedAt('deployments', 'chat');
    const env = { SLIPWAY_SECRET_CHAT_SESSION_KEY: `${fresh()}${fresh()}` };
    const child = checkout.start(['secrets', 'kind'], { kubeconfig, env });
    await until('the Secret is written', async () => (await secret('chat')).metadata.annotations !== undefined);
    child.kill('SIGKILL');
    await child;
    const { exitCode, stdout } = await slipway([], { env });
    expect(stdout).toContain('kind: 0 values written; chat restarted');
    expect(exitCode).toBe(0);
    expect(await restartedAt('deployments', 'chat')).not.toBe(before);
    expect((await slipway([], { env })).stdout).toBe('kind: nothing to change; every Secret is there');
  });

  it('that were lost while their readers ran restart them', async () => {
    const before = await restartedAt('statefulsets', 'redis');
    await cluster.kubectl('delete', 'secret', 'redis', '--namespace', 'chat');
    const { stdout } = await slipway(['--generate']);
    expect(stdout).toContain('kind: 1 value written; redis, chat restarted');
    expect(await restartedAt('statefulsets', 'redis')).not.toBe(before);
  });

  it('are refused all together where one is, and name no value', async () => {
    const before = await cluster.state();
    const [good, bad] = [fresh(), fresh()];
    const input = JSON.stringify({ chat: { session_key: good }, redis: { chat_pasword: bad } });
    const { exitCode, stderr } = await slipway(['--stdin'], { input });
    expect(stderr).toBe('stdin.redis.chat_pasword: unknown key of redis; did you mean `chat_password`?');
    expect(exitCode).toBe(1);
    expect(await cluster.state()).toEqual(before);
  });

  it('are left to a controller that keeps them, and taken over from a hand', async () => {
    const taken = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'chat', namespace: 'chat' } };
    const give = { env: { SLIPWAY_SECRET_CHAT_SESSION_KEY: fresh() + fresh() } };
    const path = `/api/v1/namespaces/chat/secrets`;
    const put = async (manager: string) => {
      await cluster.kubectl('delete', 'secret', 'chat', '--namespace', 'chat');
      const body = { ...taken, data: { session_key: Buffer.from(fresh()).toString('base64') } };
      await cluster.api.ask('POST', path, { body, query: { fieldManager: manager } });
    };
    await put('external-secrets');
    expect((await slipway([], give)).stderr).toContain('Secret chat: is kept by external-secrets');
    await put('kubectl-create');
    expect((await slipway([], give)).exitCode).toBe(0);
    expect(await kept('chat', 'session_key')).toBe(give.env.SLIPWAY_SECRET_CHAT_SESSION_KEY);
  });

  afterAll(() => cluster.stop());
});

describe('secrets of production', () => {
  beforeAll(() => platformOf('production'));

  it('include a certificate for its address that signs itself, and say so', async () => {
    const { exitCode, stdout } = await slipway(['--generate']);
    expect(stdout).toMatch(/note: chat-tls: the certificate for \S+ signs itself: browsers will warn of it/);
    expect(exitCode).toBe(0);
    const { type, data } = await secret('chat-tls');
    expect({ type, keys: Object.keys(data) }).toEqual({ type: 'kubernetes.io/tls', keys: ['tls.crt', 'tls.key'] });
  });
});
