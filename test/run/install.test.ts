import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { findCommand, searchedFolders } from './install';

const folder = mkdtempSync(join(tmpdir(), 'slipway-commands-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the lookup of a command', () => {
  it('finds an executable file in any of the folders', () => {
    writeFileSync(join(folder, 'present'), '', { mode: 0o755 });
    expect(findCommand('present', ['/nowhere', folder])).toBe(join(folder, 'present'));
  });

  it('does not take a folder or a file that nobody may execute for a command', () => {
    mkdirSync(join(folder, 'folder'));
    writeFileSync(join(folder, 'text'), '', { mode: 0o644 });
    expect(findCommand('folder', [folder])).toBeUndefined();
    expect(findCommand('text', [folder])).toBeUndefined();
  });

  it('looks where Debian keeps servers, whatever the path leaves out', () => {
    expect(searchedFolders(`/usr/bin${delimiter}${delimiter}/bin`)).toEqual(['/usr/bin', '/bin', '/usr/sbin', '/sbin']);
  });
});
