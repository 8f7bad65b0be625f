import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, median } from './measure';

const log = join(tmpdir(), `slipway-measure-${process.pid}.log`);
afterAll(() => rmSync(log, { force: true }));

describe('the median', () => {
  it.each([
    [[3], 3],
    [[5, 1, 3], 3],
    [[9, 1, 2, 4, 100], 4],
    [[4, 1, 2, 9], 3],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

describe('a measurement', () => {
  it('counts the processor time of children', async () => {
    const busy = 'const end = Date.now() + 400; while (Date.now() < end);';
    const { cpu } = await measure({ words: ['sh', '-c', `"${process.execPath}" -e '${busy}'; true`] }, log);
    expect(cpu).toBeGreaterThan(0.1);
  });

  it('shows what a command printed that failed', async () => {
    await expect(measure({ words: ['sh', '-c', 'echo broken >&2; exit 3'] }, log)).rejects.toThrow(
      /ended with 3\nbroken/,
    );
  });
});
