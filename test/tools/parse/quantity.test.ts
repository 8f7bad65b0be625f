import * as fc from 'fast-check';
import { bytes, millicores } from '../../../tools/parse/quantity';

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
