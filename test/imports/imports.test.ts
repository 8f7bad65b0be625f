import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const imports = join(__dirname, '../../imports');

describe('what is imported from elsewhere', () => {
  it('is what was published, byte for byte', () => {
    expect(() =>
      execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: imports }),
    ).not.toThrow();
  });

  it('is recorded file by file', () => {
    const recorded = readFileSync(join(imports, 'SHA256SUMS'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split('  ')[1]);
    const present = execFileSync('find', ['.', '-type', 'f', '-printf', '%P\n'], { cwd: imports, encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(recorded.sort()).toEqual(present.filter((path) => !['README.md', 'SHA256SUMS'].includes(path)).sort());
  });
});
