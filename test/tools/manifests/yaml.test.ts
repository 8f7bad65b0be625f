import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { readDocuments, showPath } from '../../../tools/manifests/yaml';
import { faultsOf } from '../../support/faults';

const read = (text: string): unknown => readDocuments(text, 'a.yaml')[0]?.value;
const scalar = (text: string): unknown => (read(`a: ${text}`) as { a: unknown }).a;

describe('a scalar is what kubectl makes of it', () => {
  const words = (...all: string[]) =>
    all.flatMap((word) => [word, word.toUpperCase(), word[0]?.toUpperCase() + word.slice(1)]);

  it.each(words('y', 'yes', 'on', 'true'))('%s is true', (text) => {
    expect(scalar(text)).toBe(true);
  });

  it.each(words('n', 'no', 'off', 'false'))('%s is false', (text) => {
    expect(scalar(text)).toBe(false);
  });

  it.each([
    'yES',
    'oN',
    'tRUE',
    'nO',
    'fALSE',
    'yess',
    'one',
    'offf',
    'ok',
    '_1',
    '0x',
    '0x_',
    '0b',
    '0b_',
    '0b2',
    '0o',
    '0xg',
    '1.2.3',
    '1e',
    '--1',
    '+',
    '1-2',
    '2024-01-01',
    '1:30',
    '12h',
    '._5',
    '1,000',
  ])('%s is a text', (text) => {
    expect(scalar(text)).toBe(text);
  });

  it.each([
    ['0', 0],
    ['-0', 0],
    ['7', 7],
    ['-7', -7],
    ['+7', 7],
    ['0644', 420],
    ['-0644', -420],
    ['0o644', 420],
    ['0O644', 420],
    ['00', 0],
    ['08', 8],
    ['0099', 99],
    ['0x1F', 31],
    ['-0X1f', -31],
    ['0b101', 5],
    ['+0B101', 5],
    ['1_000', 1000],
    ['1_', 1],
    ['0_7', 7],
    ['0_644', 420],
    ['0x_1_f', 31],
    ['18446744073709551615', 2 ** 64],
    ['1.5', 1.5],
    ['-1.5', -1.5],
    ['-.5', -0.5],
    ['.5', 0.5],
    ['1.', 1],
    ['1e3', 1000],
    ['1.5E-1', 0.15],
    ['1_0.5', 10.5],
  ])('%s is %d', (text, value) => {
    expect(scalar(text)).toBe(value);
  });

  it.each(['', '~', 'null', 'Null', 'NULL'])('"%s" is nothing', (text) => {
    expect(scalar(text)).toBeNull();
  });

  it.each(['"yes"', "'0644'", '"1.5"', "'~'"])('%s is a text, because it is quoted', (text) => {
    expect(scalar(text)).toBe(text.slice(1, -1));
  });

  it('is a text where it says so', () => {
    expect(scalar('!!str 0644')).toBe('0644');
  });
});

describe('a document', () => {
  it('takes over what it merges', () => {
    expect(read('base: &base { a: 1, b: 2 }\nmore: { <<: *base, b: 3 }')).toMatchObject({ more: { a: 1, b: 3 } });
  });

  it('keeps its number where others are empty, so that a finding points to the right one', () => {
    const text = '# nothing\n---\na: 1\n---\n---\n~\n---\nb: 2\n---\n';
    expect(readDocuments(text, 'a.yaml')).toEqual([
      { value: { a: 1 }, index: 0 },
      { value: { b: 2 }, index: 3 },
    ]);
  });

  it.each([
    ['', 0],
    ['# nothing', 0],
    ['---\n---\n', 0],
    ['a: 1\n---\nb: 2', 2],
    ['{"a": 1}', 1],
  ])('is one of as many as there are with something in them: %j has %d', (text, count) => {
    expect(readDocuments(text, 'a.yaml')).toHaveLength(count);
  });

  it.each([
    ['a: [1', 'a.yaml:2: '],
    ['a: 1\nb: "x', 'a.yaml:3: '],
    ['a: 1\n---\nb: 1\n  c: 2', 'a.yaml:4: '],
    ['a: 1\na: 2', 'a.yaml:2: duplicated mapping key'],
    ['a: !unknown 1', 'a.yaml:1: unknown tag'],
  ])('that does not parse is refused with file and line: %j', (text, start) => {
    const [fault = '', ...more] = faultsOf(() => readDocuments(text, 'a.yaml'));
    expect(fault.startsWith(start)).toBe(true);
    expect(fault).toMatch(/; expected YAML that kubectl can read$/);
    expect(more).toEqual([]);
  });
});

describe('any value', () => {
  // JSON knows no -0, and writes it as 0.
  const value = fc.jsonValue({ stringUnit: 'grapheme' }).map((json) => JSON.parse(JSON.stringify(json)) as unknown);
  const object = fc.record({ value });

  it('that JSON wrote is read back', () => {
    fc.assert(fc.property(object, (json) => expect(read(JSON.stringify(json))).toEqual(json)));
  });

  it('that JSON wrote on many lines is read back', () => {
    fc.assert(fc.property(object, (json) => expect(read(JSON.stringify(json, null, 2))).toEqual(json)));
  });

  it('that somebody wrote as YAML 1.1 is read back', () => {
    fc.assert(fc.property(object, (json) => expect(read(stringify(json, { version: '1.1' }))).toEqual(json)));
  });

  it('that is a text of few letters is read back: those that look like numbers and words', () => {
    const text = fc.string({ unit: fc.constantFrom(...'yesnoftrualx01.-+:e~<'.split('')), maxLength: 6 });
    fc.assert(fc.property(text, (json) => expect(read(stringify({ json }, { version: '1.1' }))).toEqual({ json })));
  });
});

describe('a path', () => {
  it.each([
    [[], ''],
    [['spec'], 'spec'],
    [['spec', 'ports', 0, 'name'], 'spec.ports[0].name'],
    [['metadata', 'labels', 'app.kubernetes.io/name'], 'metadata.labels["app.kubernetes.io/name"]'],
    [['data', 'a_b-c'], 'data.a_b-c'],
    [['data', 'with "quotes"'], 'data["with \\"quotes\\""]'],
    [['data', ''], 'data[""]'],
    [['data', '0'], 'data.0'],
  ])('%j is shown as %s', (path, shown) => {
    expect(showPath(path)).toBe(shown);
  });
});
