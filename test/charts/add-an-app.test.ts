/** The promise of docs/add-your-app.md, kept in a copy of the repository: one file, one entry, under 25 lines together. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { copyOfRepository } from '../support/copy';
import type { Rendered } from '../support/rendered';

const documentation = readFileSync(join(__dirname, '../../docs/add-your-app.md'), 'utf8');

/** A code block of the page, by the first line that it has. */
function block(firstLine: string): string {
  const found = documentation.split('```').find((text) => text.includes(`\n${firstLine}\n`));
  if (found === undefined) throw new Error(`docs/add-your-app.md has no block that begins with ${firstLine}`);
  return found.slice(found.indexOf('\n') + 1);
}

describe('a new application', () => {
  const file = block('// charts/apps/notes.ts');
  const entry = block('// charts/environments/production.ts, in `run`');
  const lines = (text: string) => text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('//'));
  let repository: string;
  let objects: Rendered[];
  let written: string[];
  let removed: string[];

  beforeAll(() => {
    repository = copyOfRepository();
    writeFileSync(join(repository, 'charts/apps/notes.ts'), file);
    const environment = join(repository, 'charts/environments/production.ts');
    const composed = readFileSync(environment, 'utf8')
      .replace('\n  run: [', `\n  run: [\n${entry}`)
      .replace('import { environment }', "import { notes } from '../apps/notes';\nimport { environment }");
    writeFileSync(environment, composed);
    const synth = ['tools/cli/bin.js', 'synth', 'production', '--json'];
    ({ written, removed } = JSON.parse(execFileSync('node', synth, { cwd: repository, encoding: 'utf8' })));
    objects = loadAll(readFileSync(join(repository, 'dist/production/workloads/20-notes.yaml'), 'utf8'));
  }, 120_000);

  const object = (kind: string): Rendered => objects.find((candidate) => candidate.kind === kind);

  it('takes fewer than 25 lines, its import included', () => {
    expect(lines(file).length + lines(entry).length + 1).toBeLessThan(25);
  });

  it('brings everything that runs it', () => {
    expect(objects.map(({ kind }) => kind)).toEqual([
      'ServiceAccount',
      'NetworkPolicy',
      'ConfigMap',
      'Service',
      'Deployment',
      'HorizontalPodAutoscaler',
      'PodDisruptionBudget',
      'Ingress',
    ]);
  });

  it('is routed by its host name', () => {
    expect(object('Ingress').spec.rules[0]).toMatchObject({
      host: 'notes.example.com',
      http: { paths: [{ backend: { service: { name: 'notes' } } }] },
    });
  });

  it('reaches the Redis that it calls, which gives it a user of its own', () => {
    const [redis, dns] = object('NetworkPolicy').spec.egress;
    expect(redis.to).toEqual([{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'redis' } } }]);
    expect(dns.ports).toContainEqual({ port: 53, protocol: 'UDP' });
    const store = readFileSync(join(repository, 'dist/production/workloads/10-redis.yaml'), 'utf8');
    expect(store).toContain('user notes on #');
    expect(store).toContain('app.kubernetes.io/name: notes');
  });

  it('adds its Secret to the contract', () => {
    const { secrets } = JSON.parse(readFileSync(join(repository, 'dist/inventory/production.json'), 'utf8'));
    expect(secrets).toContainEqual({
      name: 'redis',
      type: 'Opaque',
      keys: { chat_password: ['chat', 'redis'], notes_password: ['notes', 'redis'] },
    });
  });

  it('touches only its own file, the store that it calls, the inventory and the traffic', () => {
    expect(written).toEqual([
      'inventory/production.traffic.md',
      'production/workloads/10-redis.yaml',
      'production/workloads/20-notes.yaml',
      'inventory/production.json',
    ]);
    expect(removed).toEqual([]);
  });
});
