import { printTable } from '../report';
import { interleave, middle, type Repetition, tellChecked } from '../rounds';
import type { Chat } from '../servers/chat';
import type { Workload } from './workload';

const ROOMS = 500;
/** One a room. */
const PER_SECOND = 500;

/** Where batching gains nothing: every delivery is a write of its own, and what we do for each message shows. */
export const quiet: Workload = async ({ ours, stock }, quick) => {
  const chats = [ours, stock];
  const repetitions = quick ? 1 : 5;
  console.log(
    `${ROOMS} rooms of two, ${PER_SECOND} messages/s in all; medians of ${repetitions} interleaved repetitions\n`,
  );
  const results = await interleave(chats, {
    layout: { rooms: ROOMS, members: 2 },
    load: { perSecond: PER_SECOND, textBytes: 100, warmSeconds: quick ? 2 : 3, seconds: quick ? 5 : 8 },
    repetitions,
  });
  const of = (chat: Chat): readonly Repetition[] => results.get(chat.name) ?? [];
  const cpuOf = (chat: Chat) => middle(of(chat), ({ cpu }) => cpu);
  printTable(
    ['server', 'µs CPU a delivery', 'least to most', "Redis's", 'p50 ms', 'p99 ms'],
    chats.map((chat) => {
      const cpus = of(chat).map(({ cpu }) => cpu);
      return [
        chat.name,
        cpuOf(chat).toFixed(0),
        `${Math.min(...cpus).toFixed(0)} to ${Math.max(...cpus).toFixed(0)}`,
        middle(of(chat), ({ redisCpu }) => redisCpu).toFixed(0),
        middle(of(chat), ({ load }) => load.latency?.p50 ?? Number.NaN).toFixed(1),
        middle(of(chat), ({ load }) => load.latency?.p99 ?? Number.NaN).toFixed(1),
      ];
    }),
  );
  console.log(tellChecked(results));
  return [
    {
      name: 'server CPU a delivery, ours / Socket.IO with its Redis adapter',
      value: cpuOf(ours) / cpuOf(stock),
      unit: 'times',
      most: 1.3,
    },
  ];
};
