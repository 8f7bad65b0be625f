import { describeMachine } from '../../bench/report';
import { stopClusters } from './harness/cluster';
import { until } from './harness/process';
import { type Stand, stand } from './harness/stand';

// What slipway adds to what Kubernetes takes: `npm run bench:deploy`. The namespaces come from main.ts.
const REPETITIONS = 5;
/**
 * Seconds. `added` is what a change takes beyond its rollout and beyond a deploy that changes nothing, whose questions
 * are asked in any case.
 */
const BARS = { unchanged: 5, added: 3, restored: 15 };

interface Deployment {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly replicas: number };
  readonly status: {
    readonly observedGeneration?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
    readonly replicas?: number;
  };
}

async function main(): Promise<void> {
  console.log(await describeMachine());
  const bench = await stand('production');
  const times: Record<string, number[]> = {
    unchanged: [],
    change: [],
    rollout: [],
    beyond: [],
    added: [],
    restored: [],
  };
  const note = (name: string, seconds: number) => times[name]?.push(seconds);

  for (let turn = 1; turn <= REPETITIONS; turn++) {
    const unchanged = await timed(() => deploy(bench, 0));
    note('unchanged', unchanged);
    await pin(bench, `v${turn + 1}`);
    const rollout = rolloutOf(bench, 'hello');
    const change = await timed(() => deploy(bench, 0));
    const itself = await rollout;
    note('change', change);
    note('rollout', itself);
    note('beyond', change - itself);
    note('added', change - itself - unchanged);
    note('restored', await restoration(bench));
  }

  console.log(`\nseconds, medians of ${REPETITIONS} (all: least to most)\n`);
  for (const [name, all] of Object.entries(times)) {
    const sorted = [...all].sort((a, b) => a - b);
    console.log(
      `${name.padEnd(10)}${median(sorted).toFixed(1).padStart(6)}   ${sorted.map((one) => one.toFixed(1)).join(' ')}`,
    );
  }
  const missed = Object.entries(BARS).filter(([name, most]) => median(times[name] ?? []) > most);
  for (const [name, most] of Object.entries(BARS)) {
    console.log(`${name}: at most ${most} s: ${missed.some(([one]) => one === name) ? 'MISSED' : 'holds'}`);
  }
  if (missed.length > 0) process.exitCode = 1;
}

/** Seconds from SIGTERM in the middle of a rollout until everything is restored and the command has ended. */
async function restoration(bench: Stand): Promise<number> {
  await pin(bench, 'v0');
  const running = bench.start();
  await until('the rollout is under way', async () => {
    const { status, spec } = await read(bench, 'hello');
    return (status.updatedReplicas ?? 0) > 0 && (status.replicas ?? 0) > spec.replicas;
  });
  const seconds = await timed(async () => {
    running.kill('SIGTERM', { forceKillAfterTimeout: false });
    const { exitCode, stdout } = await running;
    if (exitCode !== 1) throw new Error(`the interrupted deploy ended with code ${exitCode}; expected 1\n${stdout}`);
  });
  await bench.checkout.git('reset', '--quiet', '--hard', 'HEAD~1');
  return seconds;
}

async function deploy(bench: Stand, expected: number): Promise<void> {
  const { exitCode, stdout, stderr } = await bench.run('deploy', ['--yes']);
  if (exitCode !== expected)
    throw new Error(`deploy ended with code ${exitCode}; expected ${expected}\n${stdout}\n${stderr}`);
}

async function pin({ checkout }: Stand, tag: string): Promise<void> {
  await checkout.pin('production', { hello: tag });
  await checkout.commit();
}

/** Seconds from a Deployment's new generation until all of its pods are new and available, as a watcher sees it. */
async function rolloutOf(bench: Stand, name: string): Promise<number> {
  const { generation } = (await read(bench, name)).metadata;
  let begun = 0;
  await until(
    'the rollout is done',
    async () => {
      const { metadata, spec, status } = await read(bench, name);
      if (metadata.generation === generation) return false;
      if (begun === 0) begun = performance.now();
      const counts = [status.updatedReplicas, status.availableReplicas, status.replicas];
      return status.observedGeneration === metadata.generation && counts.every((pods) => pods === spec.replicas);
    },
    120,
  );
  return (performance.now() - begun) / 1000;
}

const read = ({ cluster }: Stand, name: string): Promise<Deployment> =>
  cluster.api.get<Deployment>(`/apis/apps/v1/namespaces/${cluster.namespace}/deployments/${name}`);

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

main()
  .catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  })
  .finally(stopClusters);
