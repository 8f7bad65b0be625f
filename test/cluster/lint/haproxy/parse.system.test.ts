import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import fc from 'fast-check';
import { parseHaproxy } from '../../../../cluster/lint/haproxy/parse';
import { temporaryFolder } from '../../../support/copy';

jest.setTimeout(60_000);

/** Whether HAProxy itself refuses the file; it checks and opens no port. */
async function haproxyRefuses(text: string): Promise<boolean> {
  const file = join(temporaryFolder(), 'haproxy.cfg');
  writeFileSync(file, text);
  const { all, exitCode } = await execa('haproxy', ['-c', '-f', file], { reject: false, all: true });
  if (exitCode === undefined) throw new Error('haproxy did not run to its end; expected it installed');
  return /Error\(s\) found/.test(all ?? '');
}

const words = (line: string) => parseHaproxy(`global\n${line}`).sections[0]?.directives[0]?.words;

describe('lines of haproxy.cfg', () => {
  it.each([
    ['a word before any section', 'maxconn 100\n', ['1: `maxconn` stands in no section']],
    ['a misspelt section', 'globall\n', ['1: `globall` stands in no section']],
    ['a quote without end', 'global\n  description "two words\n', ['2: a quote is not closed']],
    ['a strong quote without end', "global\n  description 'two words\n", ['2: a quote is not closed']],
    ['quotes and comments', 'global # "\n  description "it\'s # \\" one" # two\n', []],
  ])('%s: refused exactly where HAProxy refuses', async (_, text, expected) => {
    expect(parseHaproxy(text).faults.map(({ line, what }) => `${line}: ${what}`)).toEqual(expected);
    expect(await haproxyRefuses(text)).toBe(expected.length > 0);
  });

  it('are words; quotes and backslashes keep blanks', () => {
    expect(words(`description a\\ b "c d"e 'f # g' # h`)).toEqual(['description', 'a b', 'c de', 'f # g']);
  });

  it('belong to the section above them', () => {
    const { sections } = parseHaproxy('defaults base\n  mode tcp\nfrontend api from base\n\n  bind :1\n');
    expect(sections).toEqual([
      { kind: 'defaults', name: 'base', line: 1, from: undefined, directives: [{ line: 2, words: ['mode', 'tcp'] }] },
      { kind: 'frontend', name: 'api', line: 3, from: 'base', directives: [{ line: 5, words: ['bind', ':1'] }] },
    ]);
  });
});

it('reads any text', () => {
  const parts = fc.constantFrom('defaults', 'backend', 'from', 'server', '"', "'", '\\', '#', '\n', ' ', '$');
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(parts).map((list) => list.join('')),
  );
  fc.assert(fc.property(text, (any) => void parseHaproxy(any)));
});
