import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Given,
  gather,
  givenByFolder,
  givenByText,
  givenByVariables,
  variableOf,
} from '../../../../tools/deploy/secrets/given';
import { temporaryFolder } from '../../../support/copy';
import { faultsOf } from '../../../support/faults';
import { CONTRACT } from './contract';

const shown = (given: readonly Given[]) =>
  given.map(({ secret, key, value }) => [`${secret}/${key}`, value.toString('latin1')]);

/** A folder with files by their paths. */
function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

describe('variables', () => {
  it('are named in capitals, with a line for everything that is neither letter nor digit', () => {
    expect(variableOf('app-tls', 'tls.crt')).toBe('SLIPWAY_SECRET_APP_TLS_TLS_CRT');
    expect(variableOf('registry', '.dockerconfigjson')).toBe('SLIPWAY_SECRET_REGISTRY__DOCKERCONFIGJSON');
  });

  it('give the key that they stand for', () => {
    const { given } = givenByVariables(CONTRACT, { SLIPWAY_SECRET_APP_SESSION_KEY: 'a value', HOME: '/root' });
    expect(shown(given)).toEqual([['app/session.key', 'a value']]);
  });

  it('that stand for two keys are refused, and only where they are set', () => {
    const twins = [{ name: 'app', type: 'Opaque', keys: { 'session.key': ['app'], session_key: ['app'] } }];
    expect(givenByVariables(twins, {}).given).toEqual([]);
    expect(faultsOf(() => givenByVariables(twins, { SLIPWAY_SECRET_APP_SESSION_KEY: 'hidden' }))).toEqual([
      'SLIPWAY_SECRET_APP_SESSION_KEY: stands for app/session.key and app/session_key; expected these by --from or --stdin',
    ]);
  });

  it('that stand for nothing give nothing, and are named with the nearest one', () => {
    expect(givenByVariables(CONTRACT, { SLIPWAY_SECRET_APP_SESION_KEY: 'hidden' })).toEqual({
      given: [],
      notes: [
        'SLIPWAY_SECRET_APP_SESION_KEY: stands for no key of this environment; did you mean `SLIPWAY_SECRET_APP_SESSION_KEY`?',
      ],
    });
  });
});

describe('a folder', () => {
  it('gives a value a file, byte for byte, without the line break that editors write', () => {
    const folder = folderWith({
      'app/session.key': 'value\n',
      'db/password': 'value\r\n',
      'db/root': Buffer.from([0xff, 0x00, 0x0a, 0x0a]),
    });
    expect(shown(givenByFolder(CONTRACT, folder))).toEqual([
      ['app/session.key', 'value'],
      ['db/password', 'value'],
      ['db/root', '\xff\x00\n'],
    ]);
  });

  it('gives certificates as they are', () => {
    expect(shown(givenByFolder(CONTRACT, folderWith({ 'app-tls/tls.crt': 'PEM\n' })))).toEqual([
      ['app-tls/tls.crt', 'PEM\n'],
    ]);
  });

  it('may be a mounted Secret, whose files are links into a hidden folder', () => {
    const folder = folderWith({ 'db/..data/password': 'value' });
    symlinkSync('..data/password', join(folder, 'db/password'));
    expect(shown(givenByFolder(CONTRACT, folder))).toEqual([['db/password', 'value']]);
  });

  it('with what there is not is refused, all of it, with the nearest name', () => {
    const folder = folderWith({ 'ap/session.key': 'hidden', 'db/pasword': 'hidden' });
    expect(faultsOf(() => givenByFolder(CONTRACT, folder))).toEqual([
      `${folder}/ap: unknown Secret; did you mean \`app\`?`,
      `${folder}/db/pasword: unknown key of db; did you mean \`password\`?`,
    ]);
  });

  it('that is none is refused', () => {
    const file = join(folderWith({ file: '' }), 'file');
    expect(faultsOf(() => givenByFolder(CONTRACT, file))).toEqual([expect.stringContaining(`${file}: is no folder`)]);
  });
});

describe('stdin', () => {
  it('gives values as JSON', () => {
    expect(shown(givenByText(CONTRACT, JSON.stringify({ db: { root: 'a\n', password: 'ü' } })))).toEqual([
      ['db/root', 'a\n'],
      ['db/password', Buffer.from('ü').toString('latin1')],
    ]);
  });

  it.each(['{ "db": { "root": hidden } }', '["hidden"]', 'null', ''])(
    'is refused unless it is an object: %s',
    (text) => {
      expect(faultsOf(() => givenByText(CONTRACT, text))).toEqual([
        'stdin: is no JSON object; expected { "<secret>": { "<key>": "<value>" } }',
      ]);
    },
  );

  it('names every fault of what it holds, and no value', () => {
    const text = JSON.stringify({ dbb: { root: 'hidden' }, db: { rot: 'hidden', root: 4711 }, app: 'hidden' });
    expect(faultsOf(() => givenByText(CONTRACT, text))).toEqual([
      'stdin.dbb: unknown Secret; did you mean `db`?',
      'stdin.db.rot: unknown key of db; did you mean `root`?',
      'stdin.db.root: is no text; expected the value in quotes',
      'stdin.app: is no object; expected { "<key>": "<value>" }',
    ]);
  });
});

describe('all sources together', () => {
  const one = (from: string, value: string): Given => ({ secret: 'db', key: 'root', from, value: Buffer.from(value) });

  it('may give a key once', () => {
    expect(
      faultsOf(() => gather([[one('SLIPWAY_SECRET_DB_ROOT', 'hidden')], [one('stdin.db.root', 'hidden')]])),
    ).toEqual(['db/root: given by SLIPWAY_SECRET_DB_ROOT and by stdin.db.root; expected one of them']);
  });

  it('may give nothing that is empty', () => {
    expect(faultsOf(() => gather([[one('stdin.db.root', '')]]))).toEqual([
      'stdin.db.root: is empty; expected the value of db/root',
    ]);
  });
});
