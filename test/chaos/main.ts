/**
 * Hurts the chat while people write, and counts what arrived.
 * Options: --store redis (default), mysql, memory; --seconds 20; --seed 1. Ends with 1 where a bar is missed.
 * The seed decides what happens in which order, to whom and after which pause; what is under way at that moment it cannot decide.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import execa from 'execa';
import { Refused } from '../../tools/parse/parse';
import { type Bar, judge, printTable } from '../bench/chat/report';
import { describeMachine } from '../bench/report';
import { type Outcome, runChaos } from './chaos';
import { AS_BUILT } from './pod';
import { nextShown, percentile, splitResumes } from './resumes';
import { type Stage, type StoreName, setStage } from './stage';

const STORES: readonly StoreName[] = ['redis', 'mysql', 'memory'];
const CLIENTS = 30;
const LOAD = { senders: 6, rate: 20, silenced: 2 };
/** Milliseconds for the bar: 99 of 100 have caught up by then. */
const RESUME = 1_000;

function readOptions() {
  const { values } = parseArgs({
    options: {
      store: { type: 'string', default: 'redis' },
      seconds: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
    },
  });
  const store = STORES.find((name) => name === values.store);
  const [seconds, seed] = [Number(values.seconds), Number(values.seed)];
  const faults = [
    ...(store ? [] : [`--store: "${values.store}" is no store; expected one of ${STORES.join(', ')}`]),
    ...(seconds > 0 ? [] : [`--seconds: "${values.seconds}"; expected a number above 0`]),
    ...(Number.isSafeInteger(seed) ? [] : [`--seed: "${values.seed}"; expected an integer`]),
  ];
  if (!store || faults.length > 0) throw new Refused(faults);
  return { store, seconds, seed };
}

function printTimes(stage: Stage, { noticed, spared }: Outcome): number {
  const resumes = stage.guests.flatMap((guest) => guest.resumes);
  const { times, afterOutage } = splitResumes(resumes, stage.outages);
  const heard = spared.flatMap(({ showed }) => nextShown(stage.outages, showed));
  const row = (name: string, values: readonly number[]) => [
    name,
    String(values.length),
    ...[50, 99, 100].map((percent) => percentile(values, percent).toFixed(0)),
  ];
  console.log('');
  printTable(
    ['milliseconds', 'times', 'p50', 'p99', 'max'],
    [
      row('connection lost → caught up', times),
      ...(stage.outages.length > 0
        ? [
            row('the same while a store was away, from its return', afterOutage),
            row('store returned → next message shown', heard),
          ]
        : []),
      row('TCP silent for good → noticed', noticed),
    ],
  );
  return percentile(times, 99);
}

async function run(): Promise<boolean> {
  const { store, seconds, seed } = readOptions();
  console.log(await describeMachine());
  await execa('npm', ['run', 'build', '--workspace', 'app/chat'], { cwd: join(__dirname, '../..') });
  const stage = await setStage({ store, clients: CLIENTS, program: AS_BUILT });
  try {
    console.log(
      `store ${store}, ${stage.pods.length} processes, ${CLIENTS} clients, ${LOAD.senders} of them send ${LOAD.rate} messages a second, at least ${seconds} s, seed ${seed}\n`,
    );
    const outcome = await runChaos(stage, { ...LOAD, seconds, seed });
    printTable(
      ['what happened', 'times'],
      [...outcome.faults].map(([name, times]) => [name, String(times)]),
    );
    const p99 = printTimes(stage, outcome);
    return judge(barsOf(outcome, p99));
  } finally {
    await stage.close();
  }
}

function barsOf({ tally }: Outcome, p99: number): Bar[] {
  console.log('');
  printTable(
    ['messages sent', 'deliveries', 'given back as not sent', 'came twice at a socket, filtered'],
    [[tally.sent, tally.deliveries, tally.notSent, tally.filtered].map(String)],
  );
  const none = (name: string, value: number): Bar => ({ name, value, unit: '', most: 0 });
  return [
    { name: 'deliveries', value: tally.deliveries, unit: '', least: 1 },
    none('sent, and neither stored nor given back', tally.missing),
    none('stored twice', tally.storedTwice),
    none('acknowledged, and not stored there', tally.falseAcknowledgements),
    none('lost at the socket', tally.lostAtSocket),
    none('lost on the client', tally.lostOnClient),
    none('shown twice', tally.shownTwice),
    none('numbers left out', tally.holes),
    none('clients whose order differs', tally.orderDiffers),
    none('rooms thrown away and loaded anew', tally.reloads),
    { name: 'connection lost → caught up, p99', value: p99, unit: 'ms', most: RESUME },
  ];
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
run().then(
  (met) => process.exit(met ? 0 : 1),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
