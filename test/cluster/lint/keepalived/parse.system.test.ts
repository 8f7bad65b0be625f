import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import fc from 'fast-check';
import { parseKeepalived } from '../../../../cluster/lint/keepalived/parse';
import { temporaryFolder } from '../../../support/copy';

jest.setTimeout(60_000);

const WHOLE = `vrrp_script check {
  script "/usr/bin/killall -0 haproxy"
}
vrrp_instance VI_1 {
  virtual_ipaddress {
    192.0.2.100
  }
  track_script {
    check
  }
}
`;

/** The text without its nth closing brace. */
const without = (nth: number): string => {
  let seen = 0;
  return WHOLE.replace(/\}/g, (brace) => (++seen === nth ? '' : brace));
};

/** Whether keepalived itself misses a brace or has one too many. It opens the file and no socket. */
async function keepalivedComplains(text: string): Promise<boolean> {
  const file = join(temporaryFolder(), 'keepalived.conf');
  writeFileSync(file, text);
  const { all, exitCode } = await execa('keepalived', ['--config-test', '--use-file', file], {
    reject: false,
    all: true,
  });
  if (exitCode === undefined) throw new Error('keepalived did not run to its end; expected it installed');
  return /missing '}'s or extra '{'s|Extra '}' found|Unexpected '{'/.test(all ?? '');
}

const braces = (text: string) => parseKeepalived(text).braces.map(({ line, what }) => `${line}: ${what}`);

describe('braces of keepalived.conf', () => {
  it.each([
    ['of a script', 1, ['1: the block of `vrrp_script check` is still open where `vrrp_instance` stands in line 4']],
    ['of addresses', 2, ['5: the block of `virtual_ipaddress` is still open where `track_script` stands in line 8']],
    ['of the last list', 3, ['4: the block of `vrrp_instance VI_1` is still open at the end of the file']],
    ['of an instance', 4, ['4: the block of `vrrp_instance VI_1` is still open at the end of the file']],
  ])('%s, when lost, are reported where the block begins', (_, nth, expected) => {
    expect(braces(without(nth))).toEqual(expected);
  });

  it('too many are reported where they stand', () => {
    expect(braces(`${WHOLE}}\n`)).toEqual(['12: a brace closes nothing']);
    expect(braces('{\n}\n')).toEqual(['1: a block without a name begins', '2: a brace closes nothing']);
  });

  it('lost, do not hide what stands behind them', () => {
    expect(parseKeepalived(without(2)).statements[1]?.block?.map(({ words }) => words[0])).toEqual([
      'virtual_ipaddress',
      'track_script',
    ]);
  });

  it.each([
    ['every brace', WHOLE],
    ['names that touch them', WHOLE.replace('VI_1 {', 'VI_1{')],
    ['them on the next line', WHOLE.replace('VI_1 {', 'VI_1\n{')],
    ['them on one line', WHOLE.replace(/ipaddress \{\n\s+(\S+)\n\s+/, 'ipaddress { $1 ')],
    ['some in comments and strings', WHOLE.replace('check {', 'check { # }').replace('killall', '}')],
    ...[1, 2, 3, 4].map((nth): [string, string] => [`number ${nth} lost`, without(nth)]),
    ['one too many', `${WHOLE}}\n`],
  ])('are judged as keepalived judges them: %s', async (_, text) => {
    expect(braces(text).length > 0).toBe(await keepalivedComplains(text));
  });
});

describe('words of keepalived.conf', () => {
  const words = (line: string) => parseKeepalived(line).statements[0]?.words;

  it('end where a comment begins', () => {
    expect(words('priority 100 # of two')).toEqual(['priority', '100']);
    expect(words('priority 100 ! of two')).toEqual(['priority', '100']);
  });

  it('in quotes are one', () => {
    expect(words('script "curl -f ! http://127.0.0.1"')).toEqual(['script', 'curl -f ! http://127.0.0.1']);
  });

  it('keep the braces of a placeholder', () => {
    expect(words(`priority \${PRIORITY}`)).toEqual(['priority', `\${PRIORITY}`]);
  });
});

it('reads any text', () => {
  const words = fc.constantFrom(
    'vrrp_instance',
    'track_script',
    'virtual_ipaddress',
    '{',
    '}',
    '"',
    '!',
    '\n',
    ' ',
    '$',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words).map((list) => list.join(' ')),
  );
  fc.assert(fc.property(text, (any) => void parseKeepalived(any)));
});
