import { textsOf } from '../../../../tools/check/secrets/texts';
import { showPath } from '../../../../tools/manifests/yaml';
import { base64, ORDINARY } from './planted';

const texts = (fields: object) =>
  textsOf({ apiVersion: 'v1', kind: 'Widget', metadata: { name: 'web' }, ...fields })
    .filter(({ path }) => path[0] === 'spec')
    .map(({ path, text }) => [showPath(path), text]);

const SENTENCE = 'a sentence that is long enough to be told from a word';

describe('the texts of an object', () => {
  it('are its strings at any depth', () => {
    expect(texts({ spec: { list: [{ name: 'one' }, 'two'], number: 3, none: null } })).toEqual([
      ['spec.list[0].name', 'one'],
      ['spec.list[1]', 'two'],
    ]);
  });

  it.each([
    ['a whole value', base64(SENTENCE)],
    ['a value on several lines', `${base64(SENTENCE).slice(0, 20)}\n${base64(SENTENCE).slice(20)}\n`],
    ['a part of a value', `{"key": "${base64(SENTENCE)}"}`],
  ])('are also what base64 says, in %s', (_, encoded) => {
    expect(texts({ spec: encoded })).toEqual([
      ['spec', encoded],
      ['spec', SENTENCE],
    ]);
  });

  it('are also what base64 of base64 says', () => {
    expect(texts({ spec: base64(base64(SENTENCE)) }).at(-1)).toEqual(['spec', SENTENCE]);
  });

  it.each(['an icon', 'a checksum', 'a time zone'])('are not what %s would say as base64', (title) => {
    expect(texts({ spec: ORDINARY[title] })).toHaveLength(1);
  });

  it.each([
    ['after a word', `YWJj: ${base64('short sentence')}`],
    ['before a word', `${base64('short sentence')} (see)`],
    ['in Latin 1', Buffer.alloc(48, 0xe9).toString('base64')],
  ])('are not what short base64 says %s', (_, text) => {
    expect(texts({ spec: text })).toHaveLength(1);
  });

  it('are no control characters', () => {
    expect(texts({ spec: base64('\u0001\u0002 is nothing that anybody reads') })).toHaveLength(1);
  });

  it('are found once, however often they are asked for', () => {
    const object = { apiVersion: 'v1', kind: 'Widget', metadata: { name: 'web' } };
    expect(textsOf(object)).toBe(textsOf(object));
  });
});
