import { appendFileSync, cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { RUN } from '../api/harness/addresses';
import { fillIn } from '../api/harness/fill-in';
import type { Build } from './harness/jenkins';
import { createOrigin, type Origin } from './harness/origin';
import { type Stand, startStand } from './harness/stand';

// Who else delivers: another repository into the same charts, and pull requests, which deliver nothing.
const BILLING = join(__dirname, '../../../jenkins/test/fixtures/billing');

let stand: Stand;
let billing: Origin;
let build: Build;

beforeAll(async () => {
  stand = await startStand({ released: true });
});

describe('a pull request', () => {
  let before: unknown;
  let asked: number;
  beforeAll(async () => {
    await stand.colleague.push(
      'hello: two more',
      async (checkout) => {
        appendFileSync(join(checkout.folder, 'app/hello/src/main.ts'), '// changed\n');
        checkout.edit('charts/apps/hello.ts', (text) => text.replace('replicas: 3', 'replicas: 5'));
        await checkout.synth();
      },
      'more',
    );
    before = await stand.world();
    asked = stand.registry.asked.length;
    build = await stand.build({
      branch: 'more',
      variables: { BRANCH_NAME: 'PR-7', CHANGE_ID: '7', CHANGE_TARGET: 'main', CHANGE_BRANCH: 'more' },
    });
  });

  it('is built and scanned without a credential', () => {
    expect(build).toMatchObject({ result: 'SUCCESS', error: null, credentials: [], questions: [] });
    expect(build.stages).toContainEqual({ name: 'Release', status: 'SKIPPED' });
    const words = stand.agent.calls().map((call) => call.join(' '));
    expect(words).toContainEqual(expect.stringMatching(/^docker buildx build .* --tag hello:/));
    expect(words).toContainEqual(expect.stringMatching(/^trivy image .*hello\.tar/));
  });

  it('asks nothing of registry and cluster, and changes nothing', async () => {
    expect(stand.registry.asked).toHaveLength(asked);
    expect(await stand.world()).toEqual(before);
  });

  it('says what it does to dist/, where its reviewers read', () => {
    expect(build.artifact('diff.md')).toMatch(/replicas/);
    expect(build.checks).toEqual([
      expect.objectContaining({ name: 'slipway diff', summary: build.artifact('diff.md') }),
    ]);
  });
});

describe('another repository, in another language', () => {
  /** What its pipeline pinned in the charts. */
  const pin = async () => (await stand.pins()).billing;
  const order = (answers: number) => ({
    origin: billing,
    jenkinsfile: 'Jenkinsfile',
    variables: { JOB_NAME: 'billing' },
    answers: Array.from({ length: answers }, () => ({ APPROVER: 'billing-team', REASON: 'invoices' })),
  });

  beforeAll(async () => {
    await stand.colleague.push('billing', async (checkout) => {
      writeFileSync(join(checkout.folder, 'charts/apps/billing.ts'), CHART);
      checkout.edit('charts/environments/production.ts', (text) =>
        text
          .replace('import { chat }', "import { billing } from '../apps/billing';\nimport { chat }")
          .replace(/^( +)hello\(/m, '$1billing({}),\n$1hello('),
      );
      await checkout.synth();
    });
    billing = await createBilling(stand.origin.url);
    build = await stand.build(order(1));
  });

  it('needs no more than its Jenkinsfile of under thirty lines', () => {
    expect(readFileSync(join(BILLING, 'Jenkinsfile'), 'utf8').split('\n').length).toBeLessThan(30);
    expect(build).toMatchObject({ result: 'SUCCESS', error: null });
  });

  it('pins and commits in the repository that holds the charts, and nothing in its own', async () => {
    const held = Object.entries((await stand.registry.images()).billing ?? {});
    expect(held).toHaveLength(1);
    expect(await pin()).toBe(held[0]?.join('@'));
    expect(await stand.origin.git('log', '-1', '--format=%s', 'main')).toMatch(/^production: billing /);
    expect(await billing.git('rev-list', '--count', 'main')).toBe('1');
  });

  it('runs beside the others', async () => {
    const running = await stand.running();
    expect(running.billing).toBe(`${stand.registry.host}/billing:${await pin()}`);
    expect(running.hello).toBe(`${stand.registry.host}/hello:${(await stand.pins()).hello}`);
  });

  describe('and a push to the charts meanwhile that changes what production would be', () => {
    beforeAll(async () => {
      await commitTo(billing, (folder) => appendFileSync(join(folder, 'billing.py'), '# changed\n'));
      const push = await stand.colleague.prepare('hello: four', async (checkout) => {
        checkout.edit('charts/apps/hello.ts', (text) => text.replace('replicas: 3', 'replicas: 4'));
        await checkout.synth();
      });
      build = await stand.build({ ...order(2), meanwhile: push });
    });

    it('makes it start over: it asks again, because what it would do is something else now', () => {
      expect(build).toMatchObject({ result: 'SUCCESS', error: null });
      expect(build.questions).toHaveLength(2);
    });

    it('delivers both in the end, on top of that push', async () => {
      expect(await stand.origin.git('log', '-1', '--format=%s', 'main^')).toBe('hello: four');
      expect((await stand.running()).billing).toBe(`${stand.registry.host}/billing:${await pin()}`);
      const { cluster } = stand;
      const replicas = ['get', 'deployment', 'hello', '--output', 'jsonpath={.spec.replicas}'];
      expect(await cluster.kubectl('--namespace', cluster.namespace, ...replicas)).toBe('4');
    });
  });
});

/** The whole of what the charts learn of it: docs/add-your-app.md. */
const CHART = `import { webApp } from '../lib/web-app';

/** Answers with an amount. */
export const billing = webApp('billing', {}, () => ({
  port: 8080,
  probes: { alive: '/health', ready: '/ready' },
  scale: { replicas: 1 },
  resources: { cpu: ['100m', '100m'], memory: ['64Mi', '64Mi'] },
  shutdown: { delaySeconds: 5, drainSeconds: 0, delayBy: 'preStop' },
}));
`;

/** The fixture as a repository on a server, with the address of the charts written into its Jenkinsfile. */
async function createBilling(charts: string): Promise<Origin> {
  const folder = mkdtempSync(join(RUN, 'billing-'));
  cpSync(BILLING, folder, { recursive: true });
  const file = join(folder, 'Jenkinsfile');
  const sample = 'https://git.example.com/platform.git';
  const text = readFileSync(file, 'utf8');
  if (!text.includes(sample)) throw new Error(`${file} names no ${sample}`);
  writeFileSync(file, fillIn(text.replace(sample, charts)));
  await execa('git', ['init', '--quiet', '--initial-branch', 'main'], { cwd: folder });
  await commitAll(folder);
  return createOrigin({ folder });
}

async function commitTo({ url }: Origin, change: (folder: string) => void): Promise<void> {
  const folder = mkdtempSync(join(RUN, 'billing-'));
  await execa('git', ['clone', '--quiet', url, '.'], { cwd: folder });
  change(folder);
  await commitAll(folder);
  await execa('git', ['push', '--quiet', 'origin', 'HEAD:main'], { cwd: folder });
}

async function commitAll(cwd: string): Promise<void> {
  await execa('git', ['add', '--all'], { cwd });
  const by = ['-c', 'user.name=B. Illing', '-c', 'user.email=billing@slipway.test'];
  await execa('git', [...by, 'commit', '--quiet', '--message', 'billing'], { cwd });
}
