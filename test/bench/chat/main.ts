/**
 * What the chat costs, against Flask-SocketIO, stock Socket.IO and raw `ws`, each workload inside one run. README.md says how.
 * Options: --quick (fewer repetitions: for those who write the bench), --only NAME (see WORKLOADS). Ends with 1 where a bar is missed; the other
 * workloads run all the same.
 */
import { parseArgs } from 'node:util';
import { describeMachine } from '../report';
import { installCompetitors } from './install';
import { judge } from './report';
import { competitors } from './servers/competitors';
import { buildOurs, ours } from './servers/ours';
import { hot, rawOnly } from './workloads/hot';
import { idle } from './workloads/idle';
import { latency } from './workloads/latency';
import { quiet } from './workloads/quiet';
import { stalled } from './workloads/stalled';
import type { Workload } from './workloads/workload';

const WORKLOADS: Readonly<Record<string, Workload>> = { hot, latency, quiet, idle, stalled };
/** Named with --only alone: a part of another one. */
const PARTS: Readonly<Record<string, Workload>> = { raw: rawOnly };

function choose(only: string | undefined): Readonly<Record<string, Workload>> {
  if (only === undefined) return WORKLOADS;
  const all = { ...WORKLOADS, ...PARTS };
  const workload = all[only];
  if (!workload) throw new Error(`--only: "${only}" is no workload; expected one of ${Object.keys(all).join(', ')}`);
  return { [only]: workload };
}

async function run(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } } });
  const chosen = choose(values.only);
  console.log(await describeMachine());
  const chats = { ours, ...competitors(await installCompetitors(console.log)) };
  await buildOurs();
  for (const [name, workload] of Object.entries(chosen)) {
    console.log(`\n## ${name}`);
    const met = await workload(chats, values.quick).then(judge, (error: Error) => {
      console.error(error.message);
      return false;
    });
    if (!met) process.exitCode = 1;
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
run().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
