import { printTable } from '../report';
import { interleave, middle, tellChecked } from '../rounds';
import type { Chat } from '../servers/chat';
import type { Workload } from './workload';

const CLIENTS = 500;
const PER_SECOND = 20;

/** The busy room on a calm day: what batching must not cost. From the sender's write to each member's read. */
export const latency: Workload = async ({ ours, flask, stock }, quick) => {
  const chats = [ours, stock, flask];
  const repetitions = quick ? 1 : 3;
  console.log(
    `${CLIENTS} clients in one room, ${PER_SECOND} messages/s; medians of ${repetitions} interleaved repetitions\n`,
  );
  const results = await interleave(chats, {
    layout: { rooms: 1, members: CLIENTS },
    load: { perSecond: PER_SECOND, textBytes: 100, warmSeconds: 2, seconds: quick ? 4 : 8 },
    repetitions,
  });
  const percentile = (chat: Chat, which: 'p50' | 'p99') =>
    middle(results.get(chat.name) ?? [], ({ load }) => load.latency?.[which] ?? Number.NaN);
  printTable(
    ['server', 'p50 ms', 'p99 ms', 'µs CPU a delivery'],
    chats.map((chat) => [
      chat.name,
      percentile(chat, 'p50').toFixed(1),
      percentile(chat, 'p99').toFixed(1),
      middle(results.get(chat.name) ?? [], ({ cpu }) => cpu).toFixed(1),
    ]),
  );
  console.log(tellChecked(results));
  return [
    {
      name: `p50 latency at ${PER_SECOND} messages/s, ours / Flask-SocketIO`,
      value: percentile(ours, 'p50') / percentile(flask, 'p50'),
      unit: 'times',
      most: 1,
    },
  ];
};
