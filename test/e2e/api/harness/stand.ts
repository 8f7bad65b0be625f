import { type Checkout, type Circumstances, createCheckout, type Ended } from './checkout';
import { type Cluster, startCluster } from './cluster';

/** An environment that was released once, by the deployer alone: what drills begin with. */
export interface Stand {
  readonly environment: string;
  readonly cluster: Cluster;
  readonly checkout: Checkout;
  /** Of the namespaced deployer. */
  readonly deployer: string;
  /** Runs `slipway COMMAND ENV …` as the deployer. */
  run(command: string, words?: readonly string[], circumstances?: Circumstances): Promise<Ended>;
  /** Runs `slipway COMMAND ENV --json …` as the deployer. @throws where it prints no JSON. */
  ask<Value = Outcome>(command: string, words?: readonly string[]): Promise<Value>;
  /** Starts `slipway deploy ENV --yes` as the deployer, for a drill that interrupts it. */
  start(words?: readonly string[]): ReturnType<Checkout['start']>;
}

/** What `deploy --json` and `rollback --json` print, as far as drills ask. */
export interface Outcome {
  readonly result: string;
  readonly revision?: number;
  readonly commit?: string;
  readonly reason?: string;
  readonly diagnostics?: string;
  readonly notes: readonly string[];
}

/** @throws with what a command said where one of them does not do. */
export async function stand(environment: string): Promise<Stand> {
  const [cluster, checkout] = await Promise.all([startCluster(environment), createCheckout()]);
  await succeed(checkout.slipway(['platform', environment, '--yes'], { kubeconfig: cluster.adminKubeconfig }));
  const deployer = await cluster.deployerKubeconfig();
  const run: Stand['run'] = (command, words = [], circumstances = {}) =>
    checkout.slipway([command, environment, ...words], { kubeconfig: deployer, ...circumstances });
  await succeed(run('secrets', ['--generate']));
  await succeed(run('deploy', ['--yes']));
  return {
    environment,
    cluster,
    checkout,
    deployer,
    run,
    ask: async (command, words = []) => {
      const { stdout, stderr } = await run(command, [...words, '--json']);
      try {
        return JSON.parse(stdout);
      } catch {
        throw new Error(`slipway ${command} printed no JSON:\n${stdout}\n${stderr}`);
      }
    },
    start: (words = []) => checkout.start(['deploy', environment, '--yes', ...words], { kubeconfig: deployer }),
  };
}

async function succeed(ended: Promise<Ended>): Promise<void> {
  const { exitCode, stdout, stderr } = await ended;
  if (exitCode !== 0) throw new Error(`slipway ended with code ${exitCode}\n${stdout}\n${stderr}`);
}
