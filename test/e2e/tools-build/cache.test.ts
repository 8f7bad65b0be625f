import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/copy';
import { cacheFolder, removeOthers } from './cache';

describe('the cache of binaries', () => {
  it('lies where the user keeps caches', () => {
    expect(cacheFolder('judges', { XDG_CACHE_HOME: '/caches', HOME: '/home/ada' })).toBe('/caches/slipway/judges');
    expect(cacheFolder('cluster', { HOME: '/home/ada' })).toBe('/home/ada/.cache/slipway/cluster');
    expect(cacheFolder('judges', { XDG_CACHE_HOME: '', HOME: '/home/ada' })).toBe('/home/ada/.cache/slipway/judges');
  });

  it('keeps one of a kind, what is being built, and other kinds', () => {
    const cache = temporaryFolder();
    for (const name of ['interpreter-1', 'interpreter-2', 'interpreter-3', 'interpreter-4.77', 'libraries-1']) {
      mkdirSync(join(cache, name));
      writeFileSync(join(cache, name, 'class'), '');
    }
    removeOthers(join(cache, 'interpreter-2'), 'interpreter-');
    expect(readdirSync(cache).sort()).toEqual(['interpreter-2', 'interpreter-4.77', 'libraries-1']);
  });
});
