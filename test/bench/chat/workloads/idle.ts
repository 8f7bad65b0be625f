import { residentBytes } from '../process-figures';
import { type Bar, printTable } from '../report';
import type { Chat } from '../servers/chat';
import { type Setting, stage } from '../setting';
import { withTeardown } from '../teardown';
import type { Workload } from './workload';

const CLIENTS = 6_000;
/** In rooms of so many, as people are. */
const MEMBERS = 60;
/** Seconds for which memory must stand still, and after which it is taken as it is. */
const CALM = 2;
const LONGEST = 20;

/** What a connection costs that says nothing: memory after all of them came, less memory before, without any call of the garbage collector. */
export const idle: Workload = async ({ ours, stock }) => {
  console.log(`${CLIENTS} connections that say nothing, each in a room of ${MEMBERS}\n`);
  const rows: string[][] = [];
  const bars: Bar[] = [];
  for (const chat of [ours, stock]) {
    const { before, after } = await weigh(chat);
    const each = (after - before) / CLIENTS / 1024;
    rows.push([chat.name, mebibytes(before), mebibytes(after), each.toFixed(1)]);
    if (chat === ours) bars.push({ name: 'memory a connection', value: each, unit: 'KiB', most: 20 });
  }
  printTable(['server', 'before MiB', 'after MiB', 'KiB a connection'], rows);
  return bars;
};

const weigh = (chat: Chat) =>
  withTeardown(async (teardown) => {
    const setting = await stage(chat, { rooms: CLIENTS / MEMBERS, members: MEMBERS }, teardown);
    const before = await settle(setting);
    await setting.enter();
    return { before, after: await settle(setting) };
  });

/** @returns bytes of all processes, as soon as they hardly change any more. */
async function settle({ servers }: Setting): Promise<number> {
  const resident = () => servers.reduce((sum, { pid }) => sum + residentBytes(pid), 0);
  let last = resident();
  for (let second = 0; second < LONGEST; second += CALM) {
    await new Promise((resolve) => setTimeout(resolve, CALM * 1000));
    const now = resident();
    if (Math.abs(now - last) < 0.01 * last) return now;
    last = now;
  }
  return last;
}

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);
