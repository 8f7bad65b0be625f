import { Refused } from '../../../tools/parse/parse';
import { runTogether } from './together';

describe('parts of a stage', () => {
  it('run side by side, and each says when it has ended', async () => {
    let reach: () => void = () => {};
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    const lines: string[] = [];
    // The first one ends only if the second one starts.
    await runTogether({ first: () => reached, second: async () => reach() }, (line) => lines.push(line));
    expect(lines.map((line) => line.replace(/[0-9.]+ s$/, 'N s')).sort()).toEqual(['   first: N s', '   second: N s']);
  });

  it('end all, and the faults of all are told', async () => {
    const ended: string[] = [];
    const run = runTogether(
      {
        first: () => Promise.reject(new Refused(['a', 'b'])),
        second: async () => {
          await Promise.resolve();
          ended.push('second');
        },
        third: () => Promise.reject(new Refused(['c'])),
      },
      () => {},
    );
    await expect(run).rejects.toEqual(new Refused(['a', 'b', 'c']));
    expect(ended).toEqual(['second']);
  });

  it('fail with what is no refusal as it is', async () => {
    const error = new TypeError('a mistake');
    const parts = { first: () => Promise.reject(new Refused(['a'])), second: () => Promise.reject(error) };
    await expect(runTogether(parts, () => {})).rejects.toBe(error);
  });
});
