import * as fc from 'fast-check';
import { countOrPercent, cpu, dnsLabel, percent, size } from '../../../tools/parse/fields';
import { accepts, refusal } from '../../support/accepted';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'.split('');

describe('dnsLabel', () => {
  it.each(['a', '0', 'a-b', 'a--b', '10-redis', 'a'.repeat(63)])('takes %s', (name) => {
    expect(accepts(dnsLabel, name)).toBe(true);
  });

  it.each(['', '-a', 'a-', '-', 'a'.repeat(64), 'Chat', 'chat.api', 'chat_api', 'chät', ' chat', 'chat ', 'chat\n'])(
    'refuses "%s": the API server would, when half of the release is applied',
    (name) => {
      expect(accepts(dnsLabel, name)).toBe(false);
    },
  );

  it('says what a label is', () => {
    expect(refusal(dnsLabel, 'Chat')).toBe(
      'lab.field: "Chat" is not a DNS label: 1 to 63 of a–z, 0–9 and "-", beginning and ending with a letter or digit',
    );
  });

  it('takes every text of letters, digits and inner dashes that is no longer than 63', () => {
    const edge = fc.constantFrom(...LETTERS);
    const inner = fc.string({ unit: fc.constantFrom('-', ...LETTERS), maxLength: 61 });
    fc.assert(
      fc.property(edge, inner, edge, (first, middle, last) => {
        expect(accepts(dnsLabel, `${first}${middle}${last}`)).toBe(true);
      }),
    );
  });
});

describe('cpu', () => {
  it.each(['0', '2', '500m', '1.5', '0.001'])('takes %s', (amount) => {
    expect(accepts(cpu, amount)).toBe(true);
  });

  it.each(['', 'm', '1.5m', '0.0005', '2Gi', '-1', 'two'])('refuses "%s"', (amount) => {
    expect(accepts(cpu, amount)).toBe(false);
  });

  it('takes zero: no amount is not a missing one', () => {
    expect(accepts(cpu, '0m')).toBe(true);
  });

  it('shows what an amount looks like', () => {
    expect(refusal(cpu, '1.5m')).toBe('lab.field: "1.5m" is not an amount of CPU such as 500m or 2');
  });
});

describe('size', () => {
  it.each(['0', '1024', '256Mi', '10Gi', '4Ki', '2Ti'])('takes %s', (amount) => {
    expect(accepts(size, amount)).toBe(true);
  });

  it.each(['', 'Gi', '1.5Gi', '1G', '100m', '1 Gi', '-1Gi'])('refuses "%s"', (amount) => {
    expect(accepts(size, amount)).toBe(false);
  });

  it('shows what an amount looks like', () => {
    expect(refusal(size, '1G')).toBe('lab.field: "1G" is not an amount of bytes such as 256Mi or 10Gi');
  });
});

describe('countOrPercent', () => {
  it.each([0, 1, 25, '0%', '1%', '25%', '99%', '100%'])('takes %p', (value) => {
    expect(accepts(countOrPercent, value)).toBe(true);
  });

  it.each([-1, 0.5, '25', '101%', '025%', '05%', '00%', '-5%', '2.5%', '%', '25 %', ''])('refuses %p', (value) => {
    expect(accepts(countOrPercent, value)).toBe(false);
  });

  it('says what was meant where a text is no percentage', () => {
    expect(refusal(countOrPercent, '101%')).toBe(
      'lab.field: "101%" is not a whole number or a percentage from 0% to 100%',
    );
  });

  it('says what was meant where a number is below zero', () => {
    expect(refusal(countOrPercent, -1)).toBe('lab.field: -1 is too small; expected at least 0');
  });
});

describe('percent', () => {
  it.each([
    [0, false],
    [1, true],
    [100, true],
    [101, false],
    [50.5, false],
    ['50', false],
  ])('%p is one: %p', (value, expected) => {
    expect(accepts(percent, value)).toBe(expected);
  });
});
