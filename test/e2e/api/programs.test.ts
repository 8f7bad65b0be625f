import { appendFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/copy';
import { linkerFlags, missingPrograms, pathWith, pinnedVersion, readPrograms, SOURCES } from './programs';

const TOOLS = join(__dirname, '../tools');
const [kubernetes] = SOURCES.filter(({ folder }) => folder === 'kubernetes');
if (!kubernetes) throw new Error('no Kubernetes');

describe('the programs of the control plane', () => {
  it('are what the tool lines of their folders name', () => {
    for (const { folder, programs } of SOURCES) {
      const text = readFileSync(join(TOOLS, folder, 'go.mod'), 'utf8');
      const [, block = ''] = /^tool (?:\(([^)]*)\)|.*)/m.exec(text) ?? [];
      const lines = block === '' ? [/^tool (\S+)$/m.exec(text)?.[1]] : block.trim().split(/\s+/);
      expect([...lines].sort()).toEqual(Object.values(programs).sort());
    }
  });

  it('are of the minor that is deployed', () => {
    const inventory = JSON.parse(readFileSync(join(__dirname, '../../../dist/inventory/production.json'), 'utf8'));
    expect(readPrograms(kubernetes).version).toMatch(new RegExp(`^v${inventory.kubernetes}\\.\\d+$`));
  });

  it('come before the programs of the machine', () => {
    const all = SOURCES.map((source) => readPrograms(source, TOOLS, '/cache'));
    expect(pathWith(all, '/usr/bin')).toMatch(/^\/cache\/helm-\w+:.*\/cache\/kubernetes-\w+:\/usr\/bin$/);
  });

  it('are built where they are not in the cache, and only then', () => {
    const cache = temporaryFolder();
    const [helm] = SOURCES;
    if (!helm) throw new Error('no programs');
    const programs = readPrograms(helm, TOOLS, cache);
    expect(missingPrograms([programs]).map(({ name }) => name)).toEqual(['helm']);
    mkdirSync(programs.binaries);
    writeFileSync(join(programs.binaries, 'helm'), '');
    expect(missingPrograms([programs])).toEqual([]);
  });
});

describe('the folder of the cache', () => {
  const binariesIn = (tools: string) => readPrograms(kubernetes, tools, '/cache').binaries;

  it.each(['go.mod', 'go.sum'])('is another after a change of %s', (file) => {
    const tools = temporaryFolder();
    cpSync(TOOLS, tools, { recursive: true });
    const before = binariesIn(tools);
    appendFileSync(join(tools, 'kubernetes', file), '// changed\n');
    expect(binariesIn(tools)).not.toBe(before);
  });

  it('is another after a change of the flags', () => {
    expect(readPrograms({ ...kubernetes, stamps: {} }).binaries).not.toBe(readPrograms(kubernetes).binaries);
  });
});

describe('the version', () => {
  it('is the one that the module requires', () => {
    expect(pinnedVersion('require (\n\ta.b/c v1.0.0\n\ta.b/c/d v2.0.0 // indirect\n)\n', 'a.b/c/d')).toBe('v2.0.0');
    expect(pinnedVersion('require a.b/c v1.2.3\n', 'a.b/c')).toBe('v1.2.3');
    expect(() => pinnedVersion('require a.b/c v1.2.3\n', 'a.b/d')).toThrow('requires no a.b/d');
  });

  it('is stamped as a release stamps it', () => {
    expect(linkerFlags({ 'p.gitVersion': '{version}', 'p.gitMinor': '{minor}' }, 'v1.36.3')).toBe(
      '-s -w -X p.gitVersion=v1.36.3 -X p.gitMinor=36',
    );
  });
});
