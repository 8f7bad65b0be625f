import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  choice,
  describeSettings,
  flag,
  integer,
  list,
  port,
  readSettings,
  SettingsError,
  type SettingTable,
  text,
} from '../../../app/common/src/settings';
import { temporaryFolder } from '../../support/copy';

const table = {
  PORT: { kind: port, doc: 'Port of the page.', default: '8080' },
  NAME: { kind: text, doc: 'Name.' },
  KEY: { kind: integer(10, 99), doc: 'Key.', secret: true },
  ORIGINS: { kind: list(choice('a', 'b')), doc: 'Origins.' },
} satisfies SettingTable;

const faultsOf = (variables: Record<string, string>, of: SettingTable = table): readonly string[] => {
  try {
    readSettings(of, variables);
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
  return [];
};

const file = (content: string): string => {
  const path = join(temporaryFolder(), 'value');
  writeFileSync(path, content);
  return path;
};

describe('settings', () => {
  it('stand at their default, or nowhere', () => {
    expect(readSettings(table, {})).toEqual({ PORT: 8080, NAME: undefined, KEY: undefined, ORIGINS: undefined });
  });

  it('are read from variables; an empty one counts as unset', () => {
    expect(readSettings(table, { PORT: '', NAME: 'ana' })).toMatchObject({ PORT: 8080, NAME: 'ana' });
  });

  it.each([
    ['no newline', 'x'],
    ['a newline', 'x\n'],
    ['a newline of Windows', 'x\r\n'],
  ])('are read from a file that ends with %s', (_, content) => {
    expect(readSettings(table, { NAME_FILE: file(content) }).NAME).toBe('x');
  });

  it('lose a newline at the end of a variable as well, as a secret has one that was made from a file', () => {
    expect(readSettings(table, { NAME: 'x\n' }).NAME).toBe('x');
    expect(readSettings(table, { PORT: '\n' }).PORT).toBe(8080);
  });

  it('keep every newline of a file but its last', () => {
    expect(readSettings(table, { NAME_FILE: file('\nx\n\n') }).NAME).toBe('\nx\n');
  });

  it('come from a variable or a file, not from both', () => {
    expect(faultsOf({ NAME: 'x', NAME_FILE: '/nowhere' })).toEqual([
      'NAME: set together with NAME_FILE; expected one of the two. Remove one',
    ]);
  });

  it('take a variable beside an empty name of a file', () => {
    expect(readSettings(table, { NAME: 'x', NAME_FILE: '' }).NAME).toBe('x');
  });

  it('refuse an empty file and one that is not there', () => {
    const empty = file('\n');
    expect(faultsOf({ PORT_FILE: empty, NAME_FILE: '/nowhere/at/all' })).toEqual([
      `PORT_FILE: ${empty} is empty; expected the value of PORT`,
      'NAME_FILE: cannot read /nowhere/at/all (ENOENT); expected a file with the value of NAME',
    ]);
  });

  it('say name, value, expectation and meaning of everything that is wrong, at once', () => {
    expect(faultsOf({ PORT: '0', ORIGINS: 'a,c' })).toEqual([
      'PORT: "0" is not what it must be; expected a port of 1–65535. Port of the page.',
      'ORIGINS: "a,c" is not what it must be; expected one of a, b; several between commas. Origins.',
    ]);
  });

  it('name the file where its value is wrong', () => {
    expect(faultsOf({ PORT_FILE: file('x') })).toEqual([
      'PORT_FILE: "x" is not what it must be; expected a port of 1–65535. Port of the page.',
    ]);
  });

  it('never show what stands before the host of an address, where people put passwords', () => {
    const [fault] = faultsOf({ PORT: `redis://chat:${'hidden'.repeat(2)}@redis:6379` });
    expect(fault).toContain('"redis://…@redis:6379"');
  });

  it('never show a secret, whether it came from a variable or a file', () => {
    for (const variables of [{ KEY: 'hush' }, { KEY_FILE: file('hush') }] as Record<string, string>[]) {
      const [fault] = faultsOf(variables);
      expect(fault).toContain('its value (not shown) is not what it must be; expected an integer of 10–99');
      expect(fault).not.toContain('hush');
    }
  });

  it('have all faults in the message of the error, a line each', () => {
    expect(() => readSettings(table, { PORT: 'x', KEY: '1' })).toThrow(/^PORT: .*\nKEY: .*$/);
  });
});

describe('a kind of setting', () => {
  const read = (kind: SettingTable[string]['kind'], value: string) =>
    readSettings({ IT: { kind, doc: '' } }, { IT: value }).IT;
  const refuses = (kind: SettingTable[string]['kind'], value: string) =>
    faultsOf({ IT: value }, { IT: { kind, doc: '' } }).length === 1;

  it('integer takes both of its bounds and nothing that is not digits', () => {
    expect([read(integer(2, 40), '2'), read(integer(2, 40), '40')]).toEqual([2, 40]);
    for (const value of ['1', '41', '3.0', '-3', '+3', '3e1', '0x3', ' 3', '3 ', '']) {
      if (value !== '') expect([value, refuses(integer(2, 40), value)]).toEqual([value, true]);
    }
  });

  it('port goes from 1 to 65535', () => {
    expect([read(port, '1'), read(port, '65535')]).toEqual([1, 65_535]);
    expect([refuses(port, '0'), refuses(port, '65536')]).toEqual([true, true]);
  });

  it('flag is true or false, and no other word for it', () => {
    expect([read(flag, 'true'), read(flag, 'false')]).toEqual([true, false]);
    for (const value of ['TRUE', '1', '0', 'yes', 'no']) expect([value, refuses(flag, value)]).toEqual([value, true]);
  });

  it('choice is one of its words', () => {
    expect(read(choice('low', 'high'), 'high')).toBe('high');
    expect(refuses(choice('low', 'high'), 'High')).toBe(true);
  });

  it('list has blanks around its items and none that is missing', () => {
    expect(read(list(integer(0, 9)), '1, 2 ,3')).toEqual([1, 2, 3]);
    for (const value of ['1,,2', '1,', ',', '1;2'])
      expect([value, refuses(list(integer(0, 9)), value)]).toEqual([value, true]);
  });
});

it('the table is described name by name, with meaning, expectation and default', () => {
  expect(describeSettings(table).split('\n')).toEqual([
    'Settings are variables of the environment. NAME_FILE names a file that holds the value of NAME.',
    '',
    '  PORT',
    '      Port of the page.',
    '      a port of 1–65535; default 8080',
    '  NAME',
    '      Name.',
    '      text; unset',
    '  KEY',
    '      Key.',
    '      an integer of 10–99; unset; a secret, best given as a file',
    '  ORIGINS',
    '      Origins.',
    '      one of a, b; several between commas; unset',
  ]);
});
