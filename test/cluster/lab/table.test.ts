import { EVENTS, type Event } from './events';
import { tabulate } from './table';

const event = (name: string): Event => {
  const found = EVENTS.find((one) => one.name === name);
  if (!found) throw new Error(`${name}: is no event`);
  return found;
};

it('the table has a line for each result, with its figures beside its budget', () => {
  const measured = { requests: 198, failed: 3, gap: 885, stall: 19_800 };
  expect(
    tabulate([
      { event: event('power-loss'), measured: { ...measured, moved: 854 }, faults: [] },
      { event: event('power-loss'), faults: ['a healthy rig: not within 60 s'] },
      { event: event('fail-back'), measured: { ...measured, stall: 400 }, faults: ['3 failed'] },
      { event: event('silent-stream'), measured: { ...measured, silence: 130_100 }, faults: [] },
    ]),
  ).toEqual([
    'event          no good answer  failed    address moved  stream stalled  budget',
    'power-loss     0.9 s           3 of 198  after 0.9 s    to the end      2.0 s without a good answer             ok',
    'power-loss     –               –         –              –               2.0 s without a good answer             OVER',
    'fail-back      0.9 s           3 of 198  no             0.4 s           0 failed, streams 1.0 s, address stays  OVER',
    'silent-stream  –               –         –              lived 130.1 s   lives 130.0 s                           ok',
  ]);
});
