import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allOrNothing } from '../../../../tools/deploy/images/all-or-nothing';
import { filesIn, temporaryFolder } from '../../../support/copy';

/** A file, a folder with two, and the paths of both beside one that is not there. */
function world() {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'tree/below'), { recursive: true });
  for (const path of ['pins.json', 'tree/a', 'tree/below/b', 'nobodys'])
    writeFileSync(join(folder, path), `${path}, as it was`);
  return { folder, paths: ['pins.json', 'tree', 'new.json'].map((path) => join(folder, path)) };
}

describe('a change that fails', () => {
  const fail = (folder: string) => () => {
    writeFileSync(join(folder, 'pins.json'), 'changed');
    writeFileSync(join(folder, 'new.json'), 'new');
    writeFileSync(join(folder, 'tree/c'), 'new');
    rmSync(join(folder, 'tree/below'), { recursive: true });
    throw new Error('disk full');
  };

  it('leaves every file as it was: changed, removed and new ones', () => {
    const { folder, paths } = world();
    const before = filesIn(folder);
    expect(() => allOrNothing(paths, fail(folder))).toThrow('disk full');
    expect(filesIn(folder)).toEqual(before);
  });

  it('leaves alone what was not named', () => {
    const { folder, paths } = world();
    const change = () => {
      writeFileSync(join(folder, 'nobodys'), 'changed');
      throw new Error('disk full');
    };
    expect(() => allOrNothing(paths, change)).toThrow('disk full');
    expect(filesIn(folder).nobodys).toBe('changed');
  });
});

describe('a change that is done', () => {
  it('stays, and its answer is given', () => {
    const { folder, paths } = world();
    const answer = allOrNothing(paths, () => {
      writeFileSync(join(folder, 'pins.json'), 'changed');
      return 'done';
    });
    expect({ answer, text: filesIn(folder)['pins.json'] }).toEqual({ answer: 'done', text: 'changed' });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'is not cut off by %s, which ends the process otherwise',
    (signal) => {
      const before = process.listenerCount(signal);
      const during = allOrNothing([], () => process.listenerCount(signal));
      expect({ during, after: process.listenerCount(signal) }).toEqual({ during: before + 1, after: before });
    },
  );
});
