import { type Bar, count, printTable } from '../report';
import { interleave, middle, type Repetition, tellChecked } from '../rounds';
import type { Chat } from '../servers/chat';
import type { Workload } from './workload';

const CLIENTS = 500;
const OUTSTANDING = 40;

/** One busy room, saturated: as many messages as the servers can deliver. Against Flask-SocketIO and raw `ws`; stock Socket.IO is for the record. */
export const hot: Workload = ({ ours, flask, stock, raw }, quick) =>
  saturate([ours, raw, stock, flask], quick, (cpuOf) => [
    {
      name: 'server CPU a delivery, Flask-SocketIO / ours',
      value: cpuOf(flask) / cpuOf(ours),
      unit: 'times',
      least: 10,
    },
    { name: 'server CPU a delivery, ours / raw ws', value: cpuOf(ours) / cpuOf(raw), unit: 'times', most: 1.5 },
  ]);

/** The same without the slow ones. */
export const rawOnly: Workload = ({ ours, raw }, quick) =>
  saturate([ours, raw], quick, (cpuOf) => [
    { name: 'server CPU a delivery, ours / raw ws', value: cpuOf(ours) / cpuOf(raw), unit: 'times', most: 1.5 },
  ]);

async function saturate(
  chats: readonly Chat[],
  quick: boolean,
  bars: (cpuOf: (chat: Chat) => number) => readonly Bar[],
): Promise<readonly Bar[]> {
  const repetitions = quick ? 1 : 5;
  console.log(
    `${CLIENTS} clients in one room, ${OUTSTANDING} messages outstanding; medians of ${repetitions} interleaved repetitions\n`,
  );
  const results = await interleave(chats, {
    layout: { rooms: 1, members: CLIENTS },
    load: { outstanding: OUTSTANDING, textBytes: 100, warmSeconds: quick ? 1 : 2, seconds: quick ? 3 : 5 },
    repetitions,
  });
  const of = (chat: Chat): readonly Repetition[] => results.get(chat.name) ?? [];
  printTable(
    [
      'server',
      'µs CPU a delivery',
      'least to most',
      "Redis's",
      'deliveries/s',
      'messages/s',
      'deliveries a frame',
      'bytes a delivery',
    ],
    chats.map((chat) => {
      const figures = of(chat);
      const cpus = figures.map(({ cpu }) => cpu);
      return [
        chat.name,
        middle(figures, ({ cpu }) => cpu).toFixed(3),
        `${Math.min(...cpus).toFixed(3)} to ${Math.max(...cpus).toFixed(3)}`,
        middle(figures, ({ redisCpu }) => redisCpu).toFixed(3),
        count(middle(figures, ({ load }) => load.deliveries / load.seconds)),
        count(middle(figures, ({ load }) => load.messages / load.seconds)),
        middle(figures, ({ load }) => load.deliveries / load.events).toFixed(1),
        count(middle(figures, ({ load }) => load.bytes / load.deliveries)),
      ];
    }),
  );
  console.log(tellChecked(results));
  return bars((chat) => middle(of(chat), ({ cpu }) => cpu));
}
