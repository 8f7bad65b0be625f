import { residentBytes } from '../process-figures';
import { count, printTable } from '../report';
import { type Setting, stage } from '../setting';
import { withTeardown } from '../teardown';
import type { Workload } from './workload';

const READERS = 3;
/** As far as the machine can; what it could is printed. */
const PER_SECOND = 10_000;
const OUTSTANDING = 500;
const TEXT_BYTES = 1_000;
const WARM_SECONDS = 2;
/** Seconds of load after the client has stopped reading, and until it is given up that it will be cut. */
const SECONDS = 6;
const LONGEST = 5;
/** Milliseconds between two looks at memory and metrics. */
const LOOK = 20;

interface Cut {
  /** From the last read on, by a look every 20 ms; infinite where it was not cut. */
  readonly seconds: number;
  /** What the server counted when it cut. */
  readonly heldBytes: number;
  /** Of the process that had to hold: the most until the cut, less what it was before. */
  readonly grownBytes: number;
}

/** A client stops reading while its room is busy; it must not take the process's memory, nor the others' messages. */
export const stalled: Workload = ({ ours }) =>
  withTeardown(async (teardown) => {
    console.log(
      `one of ${READERS + 1} clients stops reading, ${PER_SECOND} messages/s of ${TEXT_BYTES} bytes from elsewhere\n`,
    );
    const setting = await stage(ours, { rooms: 1, members: 1 + READERS }, teardown, 1);
    await setting.enter();
    await setting.generator.letOthersSend(setting.redis.url);
    const loading = setting.generator.load({
      perSecond: PER_SECOND,
      outstanding: OUTSTANDING,
      textBytes: TEXT_BYTES,
      warmSeconds: WARM_SECONDS,
      seconds: SECONDS,
      pids: [],
    });
    await pause(WARM_SECONDS * 1_000);
    const [cut, load] = await Promise.all([watchCut(setting), loading]);
    if (load.lost + load.duplicated > 0) {
      throw new Error(
        `ours: ${load.lost} deliveries lost, ${load.duplicated} too many; expected every reader to get each once`,
      );
    }
    printTable(
      ['messages/s', 'MB/s to each', 'cut after s', 'held MiB', 'memory grew by MiB'],
      [
        [
          count(load.messages / load.seconds),
          (load.bytes / READERS / load.seconds / 1e6).toFixed(1),
          cut.seconds.toFixed(2),
          mebibytes(cut.heldBytes).toFixed(2),
          mebibytes(cut.grownBytes).toFixed(1),
        ],
      ],
    );
    console.log(`lost 0, duplicated 0 of ${count(load.checked)} deliveries to those who read`);
    return [
      { name: 'a client that stops reading: cut after', value: cut.seconds, unit: 's', most: 2 },
      {
        name: 'a client that stops reading: held when it was cut',
        value: mebibytes(cut.heldBytes),
        unit: 'MiB',
        most: 2,
      },
    ];
  });

async function watchCut({ servers, generator }: Setting): Promise<Cut> {
  // The first client sits at the first process.
  const [holder] = servers;
  if (holder?.metricsPort === undefined) throw new Error('ours: no port of metrics; expected METRICS_PORT to be set');
  const before = residentBytes(holder.pid);
  const since = performance.now();
  await generator.stopReading();
  let most = before;
  for (let seconds = 0; seconds < LONGEST; seconds = (performance.now() - since) / 1_000) {
    most = Math.max(most, residentBytes(holder.pid));
    const metrics = await readMetrics(holder.metricsPort);
    if (metrics('chat_slow_clients_cut_total') > 0) {
      return { seconds, heldBytes: metrics('chat_slow_client_bytes_max'), grownBytes: most - before };
    }
    await pause(LOOK);
  }
  return { seconds: Number.POSITIVE_INFINITY, heldBytes: Number.POSITIVE_INFINITY, grownBytes: most - before };
}

/** @returns what gives the sum of a metric over its labels. */
async function readMetrics(port: number): Promise<(name: string) => number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return (name) =>
    [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm'))].reduce(
      (sum, [, value]) => sum + Number(value),
      0,
    );
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const mebibytes = (bytes: number): number => bytes / 2 ** 20;
