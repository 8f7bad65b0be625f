import * as fc from 'fast-check';
import { amount, bytes, millicores, QUANTITY } from '../../../tools/parse/quantity';

describe('bytes', () => {
  it.each([
    ['0', 0],
    ['1', 1],
    ['1Ki', 1024],
    ['1Mi', 1_048_576],
    ['1Gi', 1_073_741_824],
    ['1Ti', 1_099_511_627_776],
    ['256Mi', 268_435_456],
  ])('of %s are %d', (quantity, expected) => {
    expect(bytes(quantity)).toBe(expected);
  });

  it.each(['1k', '1K', '1M', '1G', '1T'])('of %s are refused: it is not what 1Ki, 1Mi and so on are', (quantity) => {
    expect(bytes(quantity)).toBeUndefined();
  });

  it.each(['', 'Gi', '1.5Gi', '-1', '+1', '1 Gi', ' 1Gi', '1Gi ', '1gi', '1GiB', '1e3', '1Pi', '1Gi\n'])(
    'of "%s" are not guessed',
    (quantity) => {
      expect(bytes(quantity)).toBeUndefined();
    },
  );

  it('count a thousand and twenty-four times as much with every step of the suffix', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 12), (n) => {
        const steps = ['', 'Ki', 'Mi', 'Gi', 'Ti'].map((suffix) => bytes(`${n}${suffix}`));
        expect(steps).toEqual([0, 1, 2, 3, 4].map((step) => n * 1024 ** step));
      }),
    );
  });
});

describe('millicores', () => {
  it.each([
    ['0', 0],
    ['0m', 0],
    ['1', 1000],
    ['2', 2000],
    ['0.5', 500],
    ['1.25', 1250],
    ['0.001', 1],
    ['1.001', 1001],
    ['4.35', 4350],
    ['500m', 500],
    ['1500m', 1500],
  ])('of %s are %d', (quantity, expected) => {
    expect(millicores(quantity)).toBe(expected);
  });

  it.each(['1.5m', '0.5m'])('of %s are refused: the kernel is given nothing finer', (quantity) => {
    expect(millicores(quantity)).toBeUndefined();
  });

  it.each(['', 'm', '.5', '1.', '1.2345', '-1', '+1', ' 1', '1 ', '1e3', '1k', '1M', '1,5', '1\n'])(
    'of "%s" are not guessed',
    (quantity) => {
      expect(millicores(quantity)).toBeUndefined();
    },
  );

  it('are what stands before the m', () => {
    fc.assert(fc.property(fc.nat(), (n) => expect(millicores(`${n}m`)).toBe(n)));
  });

  it('of a decimal are exact to the last one, whatever a float makes of it', () => {
    fc.assert(
      fc.property(fc.nat(64), fc.nat(999), (cores, thousandths) => {
        const quantity = `${cores}.${String(thousandths).padStart(3, '0')}`;
        expect(millicores(quantity)).toBe(cores * 1000 + thousandths);
      }),
    );
  });
});

describe('an amount', () => {
  it.each([
    ['0', 0],
    ['1', 1],
    [1, 1],
    [0.5, 0.5],
    ['100m', 0.1],
    ['-100m', -0.1],
    ['+2', 2],
    ['.5', 0.5],
    ['1.', 1],
    ['1e3', 1000],
    ['1E3', 1000],
    ['1.5e-1', 0.15],
    ['2E', 2e18],
    ['1Ki', 1024],
    ['1.5Gi', 1_610_612_736],
    ['2000000u', 2],
    ['3000000000n', 3],
  ])('of %s is %d', (quantity, expected) => {
    expect(amount(quantity)).toBe(expected);
  });

  it.each(['', 'm', '1K', '1ki', '1 Gi', '1GiB', '1,5', '0x10', '1e', '1_000', 'much', '1\n', '--1', '.', '1mm'])(
    'of "%s" is none',
    (quantity) => {
      expect(amount(quantity)).toBeUndefined();
    },
  );

  const steps = (suffixes: readonly string[], base: number) =>
    suffixes.map((suffix, index) => [suffix, base ** index] as const);

  it.each([
    ...steps(['', 'k', 'M', 'G', 'T', 'P', 'E'], 1000),
    ...steps(['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'], 1024),
  ])('of 3%s is three times %d', (suffix, unit) => {
    expect(amount(`3${suffix}`)).toBe(3 * unit);
  });

  const count = fc.nat(1_000_000);

  it('is the same in every spelling', () => {
    fc.assert(
      fc.property(count, (n) => {
        const spellings = [n, `${n}`, `+${n}`, `${n}.0`, `${n}e0`, `${n * 1000}m`, `${n * 1000}e-3`];
        expect(new Set(spellings.map(amount))).toEqual(new Set([n]));
        expect(amount(`${n * 1024}Mi`)).toBe(amount(`${n}Gi`));
      }),
    );
  });

  it('is ordered as the numbers are, whatever the suffixes', () => {
    const spelled = fc.tuple(
      count,
      fc.constantFrom(['m', 1], ['', 1000], ['k', 1e6], ['Ki', 1_024_000]) as fc.Arbitrary<[string, number]>,
    );
    fc.assert(
      fc.property(spelled, spelled, ([a, [suffix, unit]], [b, [other, otherUnit]]) => {
        const [one, two] = [amount(`${a}${suffix}`) ?? Number.NaN, amount(`${b}${other}`) ?? Number.NaN];
        expect(Math.sign(one - two)).toBe(Math.sign(a * unit - b * otherUnit));
      }),
    );
  });
});

describe('the form of a quantity', () => {
  it('is that of the API server: what is an amount has it, and nothing else', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0159.+-eEmMkKiGnu '.split('')), maxLength: 6 });
    fc.assert(fc.property(text, (quantity) => expect(QUANTITY.test(quantity)).toBe(amount(quantity) !== undefined)));
  });
});
