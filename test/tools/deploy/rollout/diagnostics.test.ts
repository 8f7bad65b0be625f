import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from '../../../../tools/deploy/api/client';
import type { Bundle } from '../../../../tools/deploy/bundle';
import { collectDiagnostics, failingOf } from '../../../../tools/deploy/rollout/diagnostics';
import { pod, rendered, seen, waiting } from './objects';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true });
});

const before = { pods: new Map<string, number>(), generations: new Map(), refusals: new Map() };
const bundle = {
  environment: 'production',
  namespace: 'chat',
  inventory: { secrets: [{ name: 'redis', type: 'Opaque', keys: {} }] },
} as unknown as Bundle;

/** Collects where no cluster answers. */
async function collect(reason: string, child = 'production'): Promise<{ folder: string; files: readonly string[] }> {
  const parent = mkdtempSync(join(tmpdir(), 'slipway-test-'));
  made.push(parent);
  writeFileSync(join(parent, 'file'), '');
  const api = new Api('/nowhere/socket');
  const folder = join(parent, child);
  const objects = [rendered('Deployment', 'web')];
  const files = await collectDiagnostics({ api, target: {}, bundle, objects, before, folder, reason });
  api.close();
  return { folder, files };
}

describe('diagnostics of a cluster that does not answer', () => {
  it('say in each file why it is empty, and still hold the reason', async () => {
    const { folder, files } = await collect('it crashed');
    expect(files.map((file) => file.slice(folder.length + 1))).toEqual([
      'reason.txt',
      'events.txt',
      'workloads.txt',
      'describe.txt',
    ]);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    expect(read('reason.txt')).toBe('production: it crashed\n');
    expect(read('events.txt')).toMatch(/^not collected: .*the cluster does not answer/);
    expect(read('workloads.txt')).toMatch(/^not collected: /);
  });

  it('are for nobody else', async () => {
    const { folder, files } = await collect('it crashed');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600, 0o600, 0o600]);
  });

  it('leave out of the reason what looks like a credential', async () => {
    const { folder } = await collect('redis://chat:hunter2hunter2@redis refused');
    expect(readFileSync(join(folder, 'reason.txt'), 'utf8')).toBe(
      'production: redis://chat:[redacted]@redis refused\n',
    );
  });
});

it('a folder that cannot be made is no failure: what ran before must run again', async () => {
  expect((await collect('it crashed', 'file/below')).files).toEqual([]);
});

describe('pods that are looked at', () => {
  it('are those that are not ready or were started again, the newest revision first', () => {
    const again = pod('web-3', {
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [{ name: 'web', restartCount: 2 }],
    });
    const [well, ill, old] = [pod('web-1'), pod('web-2', waiting('CrashLoopBackOff')), pod('web-0', waiting('Error'))];
    const scene = [seen('web', { pods: [old, well, ill, again], newest: [well, ill, again] })];
    const names = (known = before.pods) => failingOf(scene, { pods: known }).map(({ metadata }) => metadata.name);
    expect(names()).toEqual(['web-2', 'web-3', 'web-0']);
    expect(names(new Map([['uid of web-3', 2]]))).toEqual(['web-2', 'web-0']);
  });

  it('are a few of many', () => {
    const many = Array.from({ length: 40 }, (_, index) => pod(`web-${index}`, waiting('CrashLoopBackOff')));
    expect(failingOf([seen('web', { newest: many })], before)).toHaveLength(8);
  });
});
