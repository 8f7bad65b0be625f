import { Refused } from '../../tools/parse/parse';
import { runStages, type Stage, tabulate } from './run-stages';

/** Runs stages against a clock that each stage moves on by its `seconds`. */
async function runTimed(stages: readonly (Partial<Stage> & { name: string; seconds?: number })[]) {
  const lines: string[] = [];
  const ran: string[] = [];
  let clock = 0;
  const timed = stages.map(({ name, seconds = 1, budgetMinutes = 1, run = async () => {} }) => ({
    name,
    budgetMinutes,
    run: () => {
      ran.push(name);
      clock += seconds;
      return run();
    },
  }));
  const passed = await runStages(
    timed,
    (line) => lines.push(line),
    () => clock,
  );
  return { passed, ran, output: lines.join('\n') };
}

describe('a run', () => {
  it('passes where every stage passes, in order', async () => {
    const { passed, ran } = await runTimed([{ name: 'first' }, { name: 'second' }]);
    expect(passed).toBe(true);
    expect(ran).toEqual(['first', 'second']);
  });

  it('stops at the stage that fails and says which and why', async () => {
    const run = () => Promise.reject(new Refused(['dist/: 2 files differ']));
    const { passed, ran, output } = await runTimed([{ name: 'first' }, { name: 'second', run }, { name: 'third' }]);
    expect(passed).toBe(false);
    expect(ran).toEqual(['first', 'second']);
    expect(output).toContain('Stage "second" failed.\ndist/: 2 files differ');
    expect(output).toMatch(/third +- +1 min +not run/);
  });

  it('prints the time of a stage under its name', async () => {
    const { output } = await runTimed([{ name: 'lint', seconds: 2.5 }]);
    expect(output).toContain('== lint\n   lint: 2.5 s');
  });

  it('notes a stage above its budget and passes all the same', async () => {
    const { passed, output } = await runTimed([{ name: 'jest', seconds: 61 }]);
    expect(passed).toBe(true);
    expect(output).toMatch(/jest +61\.0 s +1 min +above its budget/);
  });
});

describe('the table', () => {
  it('ends with the sums', () => {
    const table = tabulate([
      { name: 'lint', budgetMinutes: 0.5, seconds: 2, outcome: 'passed' },
      { name: 'jest', budgetMinutes: 8, seconds: 40.25, outcome: 'passed' },
    ]);
    expect(table.at(-1)).toMatch(/^total +42\.3 s +8\.5 min$/);
  });
});
