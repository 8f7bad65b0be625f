import fc from 'fast-check';
import { lineDiff } from '../../../tools/diff/lines';

const text = (before: string, after: string) => lineDiff(before, after).map(({ sign, text }) => `${sign}${text}`);

describe('two texts', () => {
  it('are told by the lines that differ, with two around them', () => {
    expect(text('a\nb\nc\nd\ne\nf\ng', 'a\nb\nc\nX\ne\nf\ng')).toEqual(['…', ' b', ' c', '-d', '+X', ' e', ' f', '…']);
  });

  it('that grew by a line show that line alone', () => {
    expect(text('a\nb', 'a\nnew\nb').filter((line) => !line.startsWith(' '))).toEqual(['+new']);
  });

  it('of great length are not compared line by line', () => {
    const many = (prefix: string) => Array.from({ length: 3000 }, (_, index) => `${prefix}${index}`).join('\n');
    expect(lineDiff(many('a'), many('b'))).toHaveLength(6000);
  });

  it('can each be read from what is shown, where nothing is left out', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lines, lines, (old, now) => {
        const shown = lineDiff(old.join('\n'), now.join('\n'));
        if (shown.some(({ sign }) => sign === '…')) return;
        const side = (sign: string) => shown.filter((line) => [' ', sign].includes(line.sign)).map((line) => line.text);
        expect([side('-'), side('+')]).toEqual([old, now]);
      }),
    );
  });

  it('lose as few lines as can be', () => {
    const common = (old: readonly string[], now: readonly string[]): number => {
      const [[was, ...before], [is, ...after]] = [old, now];
      if (was === undefined || is === undefined) return 0;
      return was === is ? 1 + common(before, after) : Math.max(common(before, now), common(old, after));
    };
    const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(lines, lines, (old, now) => {
        const changed = lineDiff(old.join('\n'), now.join('\n')).filter(({ sign }) => '+-'.includes(sign));
        expect(changed).toHaveLength(old.length + now.length - 2 * common(old, now));
      }),
    );
  });
});
