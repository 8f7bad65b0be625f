/**
 * What runs in the namespaces that main.ts makes. Arguments: whose files, then the names of events.
 * Ends when standard input does: whoever started it is gone then.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { MachineCluster } from '../../../cluster/machines';
import { haproxy } from '../../../cluster/render/haproxy';
import { keepalived } from '../../../cluster/render/keepalived';
import { EVENTS } from './events';
import { allKept, runAll } from './lanes';
import type { Parts } from './rig';
import { runEvent } from './run';
import { seedFiles } from './seed';
import { labCluster } from './spec';
import { tabulate } from './table';

const FOLDER = '/run/lab';
/** Milliseconds; a run that repeats nothing takes less than a third of it. */
const LIMIT = 8 * 60_000;

async function prepare(whose: string): Promise<Parts> {
  const cluster = labCluster as MachineCluster;
  mkdirSync(FOLDER);
  const identity = join(FOLDER, 'identity.pem');
  const { private: key, cert } = await generate([{ name: 'commonName', value: cluster.apiEndpoint.host }], {
    keyType: 'ec',
  });
  writeFileSync(identity, `${key}${cert}`, { mode: 0o600 });
  const files = whose === 'seed' ? seedFiles(cluster) : [...haproxy(cluster), ...keepalived(cluster)];
  return { cluster, files, folder: FOLDER, identity };
}

async function run([whose = '', ...names]: readonly string[]): Promise<boolean> {
  const parts = await prepare(whose);
  const events = EVENTS.filter(({ name }) => names.includes(name));
  const results = await runAll(events, async (event) => {
    const result = await runEvent(event, parts, console.log);
    console.log(`${event.name}, ${event.what}: ${result.faults.join('; ') || 'ok'}`);
    return result;
  });
  console.log(`\n${tabulate(results).join('\n')}\n`);
  return allKept(results);
}

process.stdin.resume().on('end', () => process.exit(1));
setTimeout(() => {
  console.error(`lab:balancers: not done within ${LIMIT / 60_000} minutes`);
  process.exit(1);
}, LIMIT);
run(process.argv.slice(2)).then(
  (kept) => process.exit(kept ? 0 : 1),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
