import { waitForCalm } from './load';

/** A machine whose load is read from a list; the last value stays. */
function machineOf(...loads: readonly number[]) {
  const printed: string[] = [];
  let waited = 0;
  return {
    printed,
    waited: () => waited,
    load: () => loads[Math.min(waited / 5_000, loads.length - 1)] ?? 0,
    print: (line: string) => printed.push(line),
    pause: async (milliseconds: number) => {
      waited += milliseconds;
    },
  };
}

describe('a machine', () => {
  it('that is calm is measured at once', async () => {
    const machine = machineOf(6);
    await waitForCalm(machine);
    expect([machine.waited(), machine.printed]).toEqual([0, ['load 6.0']]);
  });

  it('that is busy is waited for until it is calm', async () => {
    const machine = machineOf(9, 7, 5);
    await waitForCalm(machine);
    expect([machine.waited(), machine.printed]).toEqual([
      10_000,
      ['load 9.0: above 6; waiting for at most 5 minutes', 'load 5.0'],
    ]);
  });

  it('that stays busy is measured after five minutes, and the figures say so', async () => {
    const machine = machineOf(9);
    await waitForCalm(machine);
    expect([machine.waited(), machine.printed.at(-1)]).toEqual([
      300_000,
      'load 9.0: still above 6; measuring nevertheless',
    ]);
  });
});
