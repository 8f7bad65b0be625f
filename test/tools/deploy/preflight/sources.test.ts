import { join } from 'node:path';
import { Api } from '../../../../tools/deploy/api/client';
import { sourcesCurrent } from '../../../../tools/deploy/preflight/sources';
import { put } from '../../../support/trees';
import { bundleOf } from './bundles';
import { checkout } from './repositories';

const object = { file: 'workloads/20-chat.yaml', apiVersion: 'v1', kind: 'ConfigMap', name: 'chat', sha256: '' };

const ask = async (root: string, stale: readonly string[] = []) =>
  (
    await sourcesCurrent.ask({
      bundle: { ...bundleOf([], { objects: [object] }), folder: join(root, 'dist/lab') },
      api: new Api('/nowhere'),
      target: {},
      root,
      staleFiles: async () => stale,
      pruneData: false,
    })
  ).faults;

describe('sources', () => {
  it('are fine where dist/ is current and everything else committed', async () => {
    const root = checkout();
    put(root, 'dist/lab/workloads/20-chat.yaml', 'pinned, synthesized, not committed yet\n');
    expect(await ask(root)).toEqual([]);
  });

  it('are refused where a synth would change something, with its name and the command', async () => {
    expect(await ask(checkout(), ['lab/workloads/20-chat.yaml'])).toEqual([
      'dist/ is not what the charts say: a synth would change dist/lab/workloads/20-chat.yaml. Next: `npm run synth`, and review what it changes',
    ]);
  });

  it('are refused where something is uncommitted, with the names, of many only the first', async () => {
    const root = checkout();
    for (let index = 10; index < 25; index++) put(root, `charts/apps/${index}.ts`, 'x\n');
    const [fault] = await ask(root);
    expect(fault).toMatch(/^the checkout is not what HEAD says: charts\/apps\/10\.ts, .*19\.ts and 5 more; expected/);
  });

  it('are refused where the environment’s folder holds what no release carries', async () => {
    const root = checkout();
    put(root, 'dist/lab/workloads/99-mine.yaml', 'x\n');
    expect(await ask(root)).toEqual([
      expect.stringContaining(
        'dist/lab holds what no synth wrote: dist/lab/workloads/99-mine.yaml; no release carries it',
      ),
    ]);
  });

  it('are told of all that at once', async () => {
    const root = checkout();
    put(root, 'main.ts', 'y\n');
    put(root, 'dist/lab/notes.md', 'x\n');
    expect(await ask(root, ['a'])).toHaveLength(3);
  });
});
