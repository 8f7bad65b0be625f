import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBundle } from '../../../tools/deploy/bundle';
import type { Revision } from '../../../tools/deploy/history';
import { pronounce, readReleases } from '../../../tools/deploy/release/record';
import { takeBaseline } from '../../../tools/deploy/rollout/baseline';
import { collectDiagnostics } from '../../../tools/deploy/rollout/diagnostics';
import type { Status } from '../../../tools/deploy/status';
import { until } from './harness/process';
import { type Stand, stand } from './harness/stand';

// What `status` and `history` say, and what is written down of a failure.
let drill: Stand;
beforeAll(async () => {
  drill = await stand('production');
});

const status = () => drill.ask<Status>('status');

/** A change that restarts no pod. */
async function widen(): Promise<void> {
  drill.checkout.edit('charts/environments/production.ts', (text) => text.replace('max: 10', 'max: 9'));
  await drill.checkout.synth();
  await drill.checkout.commit();
}

describe('for a program that calls it', () => {
  it.each([
    ['status', []],
    ['history', []],
    ['drift', []],
    ['images', []],
    ['secrets', ['--check']],
    ['platform', ['--yes']],
    ['deploy', ['--dry-run']],
    ['deploy', ['--yes']],
  ])('%s %j prints one JSON document on stdout and nothing else', async (command, words) => {
    const circumstances = command === 'platform' ? { kubeconfig: drill.cluster.adminKubeconfig } : {};
    const { exitCode, stdout } = await drill.run(command, [...words, '--json'], circumstances);
    expect(JSON.parse(stdout)).toEqual(expect.any(Object));
    expect(exitCode).toBe(0);
  });

  it('deploy does not take silence for consent: it names --yes, and changes nothing', async () => {
    const [before, revisions] = [await drill.cluster.state(), await drill.ask<Revision[]>('history')];
    await widen();
    const { exitCode, stdout, stderr } = await drill.run('deploy', ['--json']);
    expect(stderr).toMatch(/deploy production: there is no terminal to ask at; expected --yes/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(await drill.cluster.state()).toEqual(before);
    expect(await drill.ask<Revision[]>('history')).toEqual(revisions);
  });

  it('deploy and rollback print their outcome, also where something changed', async () => {
    expect(await drill.ask('deploy', ['--yes'])).toMatchObject({ result: 'deployed', revision: 2 });
    expect(await drill.ask('rollback', ['--yes'])).toMatchObject({ result: 'deployed', revision: 3 });
    await drill.checkout.git('reset', '--quiet', '--hard', 'origin/HEAD');
  });
});

describe('status', () => {
  it('tells what runs, where it came from, and that all is well', async () => {
    const found = await status();
    const commit = await drill.checkout.git('rev-parse', 'HEAD');
    expect(found).toMatchObject({
      faults: [],
      notes: [],
      release: { revision: 3, status: 'deployed', commit, isBad: false },
      claims: [{ phase: 'Bound', capacity: '10Gi' }],
    });
    expect(found.workloads.map(({ name, ready, desired }) => [name, ready, desired])).toEqual([
      ['chat', 3, 3],
      ['hello', 3, 3],
      ['redis', 1, 1],
    ]);
    expect(found.services).toContainEqual({ name: 'chat', ready: 3 });
    expect(found.addresses).toEqual(drill.cluster.inventory.smoke);
  });

  it('answers whoever may look at everything but Secrets', async () => {
    const { cluster, checkout } = drill;
    await cluster.kubectl('-n', 'chat', 'create', 'serviceaccount', 'looker');
    await cluster.kubectl(
      '-n',
      'chat',
      'create',
      'rolebinding',
      'looker',
      '--role=viewer',
      '--serviceaccount=chat:looker',
    );
    const kubeconfig = await cluster.kubeconfigOf('looker');
    const { exitCode, stdout } = await checkout.slipway(['status', 'production'], { kubeconfig });
    expect(stdout).toContain('note: release: this account may not read Secrets');
    expect(stdout).toContain('production is well');
    expect(exitCode).toBe(0);
  });

  it('names what is not well, with what happened last', async () => {
    const { cluster } = drill;
    await cluster.kubectl('-n', 'chat', 'set', 'image', 'deployment/hello', 'hello=registry.internal/hello:broken');
    try {
      await until('a pod waits for its image', async () => {
        const hello = (await status()).workloads.find(({ name }) => name === 'hello');
        return hello?.event?.includes('Failed to pull image');
      });
      const { exitCode, stdout } = await drill.run('status');
      expect(stdout).toMatch(/^not well: Deployment hello: \d of 3 updated, \d ready, \d available$/m);
      expect(exitCode).toBe(1);
    } finally {
      await cluster.kubectl('-n', 'chat', 'rollout', 'undo', 'deployment/hello');
    }
  });

  it('ends with 2 where the cluster cannot be asked', async () => {
    const { exitCode } = await drill.checkout.slipway(['status', 'production']);
    expect(exitCode).toBe(2);
  });
});

describe('diagnostics', () => {
  it('hold events, workloads, descriptions and logs, and no value of a Secret', async () => {
    const { cluster, checkout, deployer } = drill;
    const { api, namespace } = cluster;
    const bundle = openBundle(join(checkout.folder, 'dist'), 'production', ['production']);
    const before = await takeBaseline(api, namespace);
    const canary = await secretOf('redis', 'chat_password');
    await cluster.kubectl('-n', 'chat', 'set', 'env', 'deployment/hello', `CANARY=${canary}`);
    await cluster.kubectl('-n', 'chat', 'set', 'image', 'deployment/hello', 'hello=registry.internal/hello:crashing');
    await api.ask('POST', `/api/v1/namespaces/${namespace}/events`, { body: telling(canary) });
    try {
      await until('a pod crashes', async () =>
        (await cluster.kubectl('-n', 'chat', 'get', 'pods')).includes('CrashLoopBackOff'),
      );
      const folder = mkdtempSync(join(tmpdir(), 'diagnostics-'));
      const { objects } = bundle.workloads;
      const files = await collectDiagnostics({
        ...{ api, target: { kubeconfig: deployer }, bundle, objects, before, folder },
        reason: `it said ${canary}`,
      });
      const texts = new Map(files.map((file) => [file.slice(folder.length + 1), readFileSync(file, 'utf8')]));
      expect([...texts.keys()]).toEqual(
        expect.arrayContaining(['reason.txt', 'events.txt', 'workloads.txt', 'describe.txt']),
      );
      expect(readdirSync(join(folder, 'logs')).some((name) => /^hello-.*-hello-previous\.log$/.test(name))).toBe(true);
      expect(texts.get('describe.txt')).toMatch(/CANARY: +\[redacted\]/);
      expect(texts.get('events.txt')).toContain('connected as chat:[redacted]');
      expect(texts.get('workloads.txt')).toMatch(/hello: CrashLoopBackOff/);
      for (const text of texts.values()) expect(text).not.toContain(canary);
      expect(statSync(folder).mode & 0o777).toBe(0o700);
    } finally {
      await cluster.kubectl('-n', 'chat', 'set', 'image', 'deployment/hello', 'hello=registry.internal/hello:v1');
    }
  });

  async function secretOf(name: string, key: string): Promise<string> {
    const { data } = await drill.cluster.api.get<{ data: Readonly<Record<string, string>> }>(
      `/api/v1/namespaces/${drill.cluster.namespace}/secrets/${name}`,
    );
    return Buffer.from(data[key] ?? '', 'base64').toString();
  }

  const telling = (canary: string) => ({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: 'canary', namespace: drill.cluster.namespace },
    involvedObject: { kind: 'Deployment', name: 'hello', namespace: drill.cluster.namespace },
    type: 'Warning',
    reason: 'Canary',
    message: `connected as chat:${canary}`,
    firstTimestamp: new Date().toISOString(),
    lastTimestamp: new Date().toISOString(),
  });
});

describe('history', () => {
  it('tells every revision with what changed in it, the newest last', async () => {
    await drill.checkout.pin('production', { hello: 'v2' });
    const commit = await drill.checkout.commit();
    expect(await drill.ask('deploy', ['--yes', '--adopt'])).toMatchObject({ result: 'deployed' });
    const revisions = await drill.ask<Revision[]>('history');
    expect(revisions.at(-1)).toMatchObject({
      status: 'deployed',
      commit,
      images: [expect.stringMatching(/hello.* v1 → v2/)],
    });
    expect(revisions.at(0)).toMatchObject({ revision: 1, status: 'superseded' });
    expect(revisions.at(0)?.images).toHaveLength(3);
    const { exitCode, stdout } = await drill.run('history');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^revision +status +when +commit +by$/m);
    expect(await readReleases(drill.cluster.api, drill.cluster.namespace, 'production')).toHaveLength(revisions.length);
  });

  it('calls a revision bad that failed its verification, and status does too', async () => {
    const { api, namespace } = drill.cluster;
    const newest = (await readReleases(api, namespace, 'production')).at(-1);
    if (!newest) throw new Error('nothing was released');
    await pronounce(api, namespace, newest, 'failed', 'https://chat.internal/ready: answered 503');
    expect((await drill.ask<Revision[]>('history')).at(-1)).toMatchObject({
      status: 'bad',
      description: 'https://chat.internal/ready: answered 503',
    });
    expect((await status()).faults).toEqual([
      `release: revision ${newest.revision} failed its verification; slipway deploy production puts it right first`,
    ]);
  });
});
