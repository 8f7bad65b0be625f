import { randomBytes } from 'node:crypto';
import { type Checkout, createCheckout } from '../../api/harness/checkout';
import { type Cluster, startCluster } from '../../api/harness/cluster';
import { fillIn } from '../../api/harness/fill-in';
import { releasedVersions } from '../../api/harness/versions';
import { type Registry, startRegistry } from '../registry/registry';
import type { AccessKey } from '../registry/signature';
import { type Agent, prepareAgent } from './agent';
import { type Build, type Credential, type Order, startJenkins } from './jenkins';
import { createOrigin, type Origin } from './origin';

export const ENVIRONMENT = 'production';
const PINS = `charts/environments/images/${ENVIRONMENT}.json`;

/** A project whose platform and secrets are there, and a Jenkins that delivers it. */
export interface Stand {
  /**
   * Runs a build to its end.
   * @param order with `meanwhile`: what somebody else does while the release is verified; it runs by then, and is not committed.
   */
  build(order?: Order & { readonly meanwhile?: () => Promise<void> }): Promise<Build>;
  readonly cluster: Cluster;
  readonly registry: Registry;
  readonly agent: Agent;
  /** The project's repository on its server. */
  readonly origin: Origin;
  /** Somebody's checkout of it. */
  readonly colleague: Colleague;
  /** kubeconfig of the namespaced deployer. */
  readonly deployer: string;
  /** What main pins. */
  pins(): Promise<Readonly<Record<string, string>>>;
  /** Image of every Deployment that the cluster is to run, by name. */
  running(): Promise<Readonly<Record<string, string>>>;
  /** Everything that a delivery may change: equal twice means that nothing was done in between. */
  world(): Promise<unknown>;
}

/** Somebody who works on a repository, too. */
export interface Colleague {
  /** Commits a change on top of what the server has, and pushes it. @returns the commit. */
  push(subject: string, change: Change, branch?: string): Promise<string>;
  /** The same, pushed only when the result is called. */
  prepare(subject: string, change: Change, branch?: string): Promise<() => Promise<void>>;
}

type Change = (checkout: Checkout) => void | Promise<void>;

/** What the Jenkinsfile of the tests has in place of the project's own, beside what an adopter fills in. */
const QUICK: readonly (readonly [own: string, quick: string])[] = [
  // Both are commands of this repository with suites of their own, minutes long; here the steps' part in a delivery is looked at.
  [
    "tests: [command: 'npm ci && npm run test:quick']",
    "tests: [command: 'test -f package.json'], lint: [only: ['manifests']]",
  ],
];

/** A build takes half a minute; three lanes on a busy machine make minutes of it. */
jest.setTimeout(600_000);

/**
 * Starts all of it, beside a control plane of its own.
 * @param released whether somebody has released it already, by hand; else nothing was built, pinned or released.
 */
export async function startStand({ released = false }: { readonly released?: boolean } = {}): Promise<Stand> {
  const [cluster, checkout] = await Promise.all([startCluster(ENVIRONMENT), createCheckout()]);
  const key = { accessKeyId: `AKIA${random(8).toUpperCase()}`, secretAccessKey: random(20) };
  const registry = await startRegistry(key);
  started.add(registry);
  const agent = await prepareAgent(registry.authority);

  const succeed = async (words: readonly string[], kubeconfig: string) => {
    const { exitCode, stdout, stderr } = await checkout.slipway(words, { kubeconfig });
    if (exitCode !== 0) throw new Error(`slipway ${words.join(' ')} ended with code ${exitCode}\n${stdout}\n${stderr}`);
  };
  await succeed(['platform', ENVIRONMENT, '--yes'], cluster.adminKubeconfig);
  const deployer = await cluster.deployerKubeconfig();
  await succeed(['secrets', ENVIRONMENT, '--generate'], deployer);

  fillInPipeline(checkout);
  if (!released) {
    checkout.edit(PINS, () => '{ "chat": "unreleased", "hello": "unreleased" }\n');
    await checkout.synth();
  }
  await checkout.commit('our own values');
  if (released) await succeed(['deploy', ENVIRONMENT, '--yes'], deployer);
  const origin = await createOrigin(checkout);
  origin.watch(cluster.adminKubeconfig, cluster.namespace);

  const jenkins = startJenkins({ agent, project: origin, credentials: credentialsOf(deployer, key) });
  const running = async () => {
    const deployments = await cluster.api.list<Deployment>(`/apis/apps/v1/namespaces/${cluster.namespace}/deployments`);
    return Object.fromEntries(
      deployments.map(({ metadata, spec }) => [metadata.name, spec.template.spec.containers[0]?.image ?? '']),
    );
  };
  return {
    build: async ({ meanwhile, ...order } = {}) => {
      const done = meanwhile && cluster.ingress.meanwhile(meanwhile);
      const build = await jenkins.build(order);
      if (build.result === 'SUCCESS') await done;
      return build;
    },
    cluster,
    registry,
    agent,
    origin,
    colleague: colleagueOf(checkout, origin),
    deployer,
    pins: async () => JSON.parse(await origin.read(PINS)),
    running,
    world: async () => ({
      heads: await origin.heads(),
      versions: await releasedVersions(cluster),
      releases: await cluster.kubectl('--namespace', cluster.namespace, 'get', 'secrets', '--output', 'name'),
      images: await registry.images(),
      writes: registry.writes.length,
    }),
  };
}

interface Deployment {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } };
  };
}

/** Writes the pipeline's values as the adopter of the sample does. */
function fillInPipeline(checkout: Checkout): void {
  for (const file of ['jenkins/Jenkinsfile', 'jenkins/Jenkinsfile.drift']) checkout.edit(file, fillIn);
  for (const [own, quick] of QUICK) checkout.edit('jenkins/Jenkinsfile', (text) => text.replace(own, quick));
}

/** A checkout that follows the server and adds to it. */
export function colleagueOf(checkout: Checkout, origin: Origin): Colleague {
  const prepare: Colleague['prepare'] = async (subject, change, branch = 'main') => {
    await checkout.git('fetch', '--quiet', origin.url, 'main');
    await checkout.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
    await change(checkout);
    const commit = await checkout.commit(subject);
    return async () => void (await checkout.git('push', '--quiet', origin.url, `${commit}:refs/heads/${branch}`));
  };
  return {
    prepare,
    push: async (...words) => {
      await (await prepare(...words))();
      return checkout.git('rev-parse', 'HEAD');
    },
  };
}

/** The controller's credentials, by the ids that the steps take unless they are told others. */
const credentialsOf = (deployer: string, key: AccessKey): Credential[] => [
  { id: 'aws', kind: 'aws', values: { accessKey: key.accessKeyId, secretKey: key.secretAccessKey } },
  { id: `kubeconfig-${ENVIRONMENT}`, kind: 'file', file: deployer },
  { id: 'git-push', kind: 'usernamePassword', values: { username: random(8), password: random(16) } },
];

const random = (bytes: number): string => randomBytes(bytes).toString('hex');

/** Registries outlive a test that fails. */
const started = new Set<Registry>();
afterAll(async () => {
  for (const registry of started) await registry.stop();
});
