import { EVENTS } from './events';

const budgets = Object.fromEntries(EVENTS.map(({ name, budget }) => [name, budget]));

describe('the lab', () => {
  it('lets everything happen that a cluster has to survive, within these budgets', () => {
    expect(budgets).toEqual({
      'power-loss': { gap: 2_000 },
      'balancer-stopped': { gap: 2_000 },
      'haproxy-killed': { gap: 3_000 },
      'backend-killed': { failed: 0 },
      'backend-blackholed': { failed: 0 },
      'backend-frozen': { failed: 4 },
      'backend-not-ready': { failed: 8 },
      'fail-back': { failed: 0, stall: 1_000, stays: true },
      'silent-stream': { silence: 130_000 },
    });
  });

  it('looks at a frozen server for 720 requests', () => {
    expect(EVENTS.find(({ name }) => name === 'backend-frozen')?.window).toBe(72_000);
  });

  it('begins with what takes longest', () => {
    const windows = EVENTS.map(({ window }) => window);
    expect(windows).toEqual([...windows].sort((a, b) => b - a));
  });
});
