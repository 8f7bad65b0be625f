import { join } from 'node:path';
import { binaryOf, cacheFolder, explainNoGo, explainNoPip, requireGo } from './build';
import { readTool } from './modules';

const tools = ['kubeconform', 'gitleaks'].map((name) => readTool(name));
const path = process.env.PATH;
afterEach(() => {
  process.env.PATH = path;
});

describe('the cache of binaries', () => {
  it('lies where the user keeps caches', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/caches', HOME: '/home/ada' })).toBe('/caches/slipway/judges');
    expect(cacheFolder({ HOME: '/home/ada' })).toBe('/home/ada/.cache/slipway/judges');
    expect(cacheFolder({ XDG_CACHE_HOME: '', HOME: '/home/ada' })).toBe('/home/ada/.cache/slipway/judges');
  });

  it('keeps what was built from other sources apart', () => {
    const [tool] = tools;
    if (!tool) throw new Error('no tool');
    expect(binaryOf({ ...tool, hash: 'one' }, '/cache')).toBe(join('/cache', 'kubeconform-one'));
  });
});

describe('a machine without Go', () => {
  it('is told which version is wanted, for which judges, and what does not need it', () => {
    const text = explainNoGo([
      { name: 'kubeconform', go: '1.9.2' },
      { name: 'gitleaks', go: '1.26.8' },
    ]);
    expect(text).toContain('go: not found; expected Go 1.26.8 or newer to build kubeconform, gitleaks');
    expect(text).toContain('`npm test` does not');
  });

  it('is refused', async () => {
    process.env.PATH = '/nowhere';
    await expect(requireGo(tools)).rejects.toThrow('go: not found');
  });
});

describe('a machine without pip', () => {
  it('is told what is wanted, for which judge, and what does not need it', () => {
    const text = explainNoPip({ name: 'hadolint', version: 'v2.15.1' }, 'No module named pip\n');
    expect(text).toContain('hadolint v2.15.1: not installed; expected python3 with pip');
    expect(text).toContain('`npm test` does not. pip said: No module named pip');
  });
});
