import { eventually } from './clock';
import type { Budget } from './judge';
import { cutOff, signal } from './network';
import type { Backend, Rig } from './rig';
import { SILENCE } from './traffic';

/** Something that happens to a rig which is healthy. */
export interface Event {
  readonly name: string;
  readonly what: string;
  /** Milliseconds for which it is looked at; for a silent stream, at most. */
  readonly window: number;
  readonly budget: Budget;
  /** What has happened before, and is over. */
  readonly before?: (rig: Rig) => Promise<void>;
  readonly strike: (rig: Rig) => Promise<void>;
}

const VIP_MOVES = { window: 20_000, budget: { gap: 2_000 } } as const;

/** The longest ones first: a run takes as long as they do. */
export const EVENTS: readonly Event[] = [
  {
    name: 'silent-stream',
    what: 'a connection on which nobody says anything',
    window: SILENCE + 20_000,
    budget: { silence: SILENCE },
    strike: async () => undefined,
  },
  {
    name: 'backend-frozen',
    what: 'an API server accepts connections and does nothing',
    // 720 requests, as in what others measured.
    window: 72_000,
    budget: { failed: 4 },
    strike: async (rig) => signal(victimOf(rig).pid, 'SIGSTOP'),
  },
  {
    name: 'backend-not-ready',
    what: 'an API server answers 500 to everything, /readyz too',
    window: 30_000,
    budget: { failed: 8 },
    strike: async (rig) => victimOf(rig).becomeUnready(),
  },
  {
    name: 'backend-blackholed',
    what: 'nothing reaches an API server any more',
    window: 20_000,
    budget: { failed: 0 },
    strike: async (rig) => cutOff(victimOf(rig).host),
  },
  {
    name: 'backend-killed',
    what: 'the process of an API server ends',
    window: 20_000,
    budget: { failed: 0 },
    strike: async (rig) => signal(victimOf(rig).pid, 'SIGKILL'),
  },
  {
    name: 'power-loss',
    what: 'the balancer with the address loses its power',
    ...VIP_MOVES,
    strike: async (rig) => rig.holder().powerOff(),
  },
  {
    name: 'balancer-stopped',
    what: 'the balancer with the address is shut down',
    ...VIP_MOVES,
    strike: async (rig) => rig.holder().stop(),
  },
  {
    name: 'haproxy-killed',
    what: 'HAProxy dies beside a keepalived that lives',
    ...VIP_MOVES,
    budget: { gap: 3_000 },
    strike: async (rig) => rig.holder().killHaproxy(),
  },
  {
    name: 'fail-back',
    what: 'the balancer that lost its power comes back',
    window: 20_000,
    budget: { failed: 0, stall: 1_000, stays: true },
    before: async (rig) => {
      const first = rig.holder();
      await first.powerOff();
      await eventually('the address on the other balancer', () => rig.holders().some((one) => one !== first));
    },
    strike: async (rig) => {
      for (const balancer of rig.balancers) if (balancer !== rig.holder()) await balancer.powerOn();
    },
  },
];

function victimOf({ backends: [first] }: Rig): Backend {
  if (!first) throw new Error('the rig has no API server');
  return first;
}
