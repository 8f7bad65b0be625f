import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../../support/copy';
import { withScratch } from './scratch';

describe('the folder that specs work in', () => {
  it('lies in memory, runs programs, and goes with what is in it', async () => {
    const memory = temporaryFolder();
    let seen = '';
    await withScratch(async (folder) => {
      seen = folder;
      writeFileSync(join(folder, 'spec'), '#!/bin/sh\necho ran\n', { mode: 0o700 });
      expect(execFileSync(join(folder, 'spec'), { encoding: 'utf8' })).toBe('ran\n');
    }, memory);
    expect([dirname(seen), existsSync(seen)]).toEqual([memory, false]);
  });

  it('goes where the specs fail, too', async () => {
    let seen = '';
    const run = withScratch(async (folder) => {
      seen = folder;
      throw new Error('a spec');
    }, temporaryFolder());
    await expect(run).rejects.toThrow('a spec');
    expect(existsSync(seen)).toBe(false);
  });

  it.each(['/nowhere', '/proc'])('lies on disk where %s is no place for it', async (memory) => {
    await withScratch(async (folder) => expect(dirname(folder)).toBe(tmpdir()), memory);
  });
});
