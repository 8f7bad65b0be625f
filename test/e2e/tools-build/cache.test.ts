import { cacheFolder } from './cache';

describe('the cache of binaries', () => {
  it('lies where the user keeps caches', () => {
    expect(cacheFolder('judges', { XDG_CACHE_HOME: '/caches', HOME: '/home/ada' })).toBe('/caches/slipway/judges');
    expect(cacheFolder('cluster', { HOME: '/home/ada' })).toBe('/home/ada/.cache/slipway/cluster');
    expect(cacheFolder('judges', { XDG_CACHE_HOME: '', HOME: '/home/ada' })).toBe('/home/ada/.cache/slipway/judges');
  });
});
