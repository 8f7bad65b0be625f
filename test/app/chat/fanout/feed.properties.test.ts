/** Whatever the bus and the log do to a feed: it ends where the log is, each message once and in order. */
import fc from 'fast-check';
import type { Batch } from '../../../../app/chat/src/events';
import { Feed } from '../../../../app/chat/src/fanout/feed';
import type { MessageLog } from '../../../../app/chat/src/fanout/log';
import { RoomLog } from './room-log';

interface World {
  readonly log: RoomLog;
  readonly feed: Feed;
  /** Texts that the bus still carries. */
  readonly carried: string[];
}

type Step = (world: World) => unknown;

const steps = (reorders: boolean): fc.Arbitrary<Step> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant<Step>(({ log, feed }) => feed.take(log.store())) },
    { weight: 2, arbitrary: fc.constant<Step>(({ log }) => log.store()) },
    { weight: 3, arbitrary: fc.constant<Step>(({ log, carried }) => carried.push(log.store())) },
    {
      weight: 4,
      arbitrary: fc.tuple(fc.nat(), fc.boolean()).map(
        ([at, twice]): Step =>
          ({ feed, carried }) => {
            const text = carried[reorders ? at % carried.length : 0];
            if (text === undefined) return;
            feed.take(text);
            if (!twice) carried.splice(carried.indexOf(text), 1);
          },
      ),
    },
    {
      weight: 1,
      arbitrary: fc.boolean().map(
        (broken): Step =>
          ({ log }) =>
            Object.assign(log, { broken }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.boolean().map(
        (held): Step =>
          ({ log }) =>
            Object.assign(log, { held }),
      ),
    },
    { weight: 3, arbitrary: fc.constant<Step>(({ log }) => log.answer()) },
    { weight: 1, arbitrary: fc.constant<Step>(({ log, feed }) => feed.compare(log.head)) },
    { weight: 1, arbitrary: fc.constant<Step>(({ feed }) => feed.flush()) },
    { weight: 2, arbitrary: fc.constant<Step>(() => new Promise(process.nextTick)) },
  );

/** Runs the steps, then lets everything be well again. */
async function run(before: readonly Step[], begun: readonly Step[]) {
  const log = new RoomLog();
  const batches: Batch[] = [];
  const feed = new Feed(
    'r',
    log as unknown as MessageLog,
    (batch) => batches.push(batch),
    () => {},
  );
  const world = { log, feed, carried: [] };
  const { head } = log;
  for (const step of before) await step(world);
  feed.begin(head);
  for (const step of begun) await step(world);
  log.broken = false;
  await log.settle();
  feed.compare(log.head);
  await log.settle();
  feed.flush();
  return { log, batches };
}

it('every message once and in order, whatever was lost, doubled, late or unreadable', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(steps(true), { maxLength: 5 }),
      fc.array(steps(true), { maxLength: 40 }),
      async (before, begun) => {
        const { log, batches } = await run(before, begun);
        expect(batches.flatMap(({ messages }) => messages)).toEqual(log.messages);
        for (const { messages } of batches) expect(messages.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 700 },
  );
}, 60_000);

it('every message of the newest epoch once and in order, from the first that was shown on', async () => {
  let epoch = 0;
  const setBack = fc.nat().map(
    (to): Step =>
      ({ log, carried }) => {
        epoch += 1;
        carried.length = 0;
        log.setBack(to % (log.head.seq + 1), `e${epoch}`);
      },
  );
  const any = fc.oneof({ weight: 12, arbitrary: steps(false) }, { weight: 1, arbitrary: setBack });
  await fc.assert(
    fc.asyncProperty(fc.array(any, { maxLength: 60 }), async (begun) => {
      const { log, batches } = await run([], begun);
      const newest = batches.filter((batch) => batch.epoch === log.head.epoch).flatMap(({ messages }) => messages);
      expect(newest).toEqual(log.messages.slice(log.messages.length - newest.length));
      const epochs = batches.map((batch) => batch.epoch);
      expect(epochs.filter((one, at) => one !== epochs[at - 1])).toEqual([...new Set(epochs)]);
    }),
    { numRuns: 700 },
  );
}, 60_000);
