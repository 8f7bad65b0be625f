import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checkout } from '../api/harness/checkout';
import type { Build } from './harness/jenkins';
import { type Stand, startStand } from './harness/stand';

// One project from its first delivery on. Every build is judged by what git, registry and cluster hold afterwards.
let stand: Stand;
let build: Build;
/** `main` before the build. */
let commit: string;

const APPROVED = { APPROVER: 'admin', REASON: 'the first release' };

beforeAll(async () => {
  stand = await startStand();
});

/** Changes a program: a line that does nothing is another input of its image. */
const changeHello = (checkout: Checkout) =>
  appendFileSync(join(checkout.folder, 'app/hello/src/main.ts'), '// changed\n');

/** Tags of an image that the registry holds. */
const tags = async (image: string) => Object.keys((await stand.registry.images())[image] ?? {});

/** How many images were built since the agent was set up. */
const built = () => stand.agent.calls().filter((words) => words.slice(0, 3).join(' ') === 'docker buildx build').length;

describe('the first delivery', () => {
  beforeAll(async () => {
    commit = await stand.origin.head();
    build = await stand.build({ answers: [APPROVED] });
  });

  it('succeeds, and passes over what belongs to pull requests', () => {
    expect(build).toMatchObject({ result: 'SUCCESS', error: null });
    expect(build.stages).toContainEqual({ name: 'Preview', status: 'SKIPPED' });
    expect(build.stages).toContainEqual({ name: 'Release', status: 'SUCCESS' });
  });

  it('builds each image once', () => {
    expect(built()).toBe(2);
  });

  it('leaves each image in the registry once, under a tag that is a hash', async () => {
    const images = await stand.registry.images();
    expect(Object.keys(images).sort()).toEqual(['chat', 'hello']);
    for (const image of ['chat', 'hello']) expect(await tags(image)).toEqual([expect.stringMatching(/^[0-9a-f]{12}$/)]);
  });

  it('pins on main what the registry holds', async () => {
    const images = await stand.registry.images();
    const held = Object.entries(images).map(([image, of]) => [image, Object.entries(of)[0]?.join('@')]);
    expect(await stand.pins()).toEqual(Object.fromEntries(held));
  });

  it('runs what main pins', async () => {
    const pins = await stand.pins();
    const running = await stand.running();
    for (const image of ['chat', 'hello'])
      expect(running[image]).toBe(`${stand.registry.host}/${image}:${pins[image]}`);
  });

  it('commits pins and dist/ alone, on top of what it was built from', async () => {
    expect(await stand.origin.git('rev-parse', 'main^')).toBe(commit);
    const changed = (await stand.origin.git('diff', '--name-only', 'main^', 'main')).split('\n');
    expect(changed).toContain('charts/environments/images/production.json');
    expect(changed.filter((path) => !/^(dist\/|charts\/environments\/images\/production\.json$)/.test(path))).toEqual(
      [],
    );
  });

  it('pushes that commit only when the cluster runs it', async () => {
    const pins = await stand.pins();
    const [push] = stand.origin.pushes;
    expect(stand.origin.pushes).toHaveLength(1);
    expect(push).toMatchObject({ ref: 'refs/heads/main', commit: await stand.origin.head() });
    expect(push?.running.chat).toBe(`${stand.registry.host}/chat:${pins.chat}`);
    expect(push?.running.hello).toBe(`${stand.registry.host}/hello:${pins.hello}`);
  });

  it('names in the commit and in the description who approved it, and why', async () => {
    const message = await stand.origin.git('log', '-1', '--format=%B', 'main');
    expect(message).toContain('Approved-by: admin');
    expect(message).toContain('Reason: the first release');
    expect(build.description).toBe('production: approved by admin: the first release');
  });

  it('shows the reviewer what it would do before it asks', () => {
    expect(build.questions).toHaveLength(1);
    expect(build.artifact('diff-production.txt')).toMatch(/Deployment chat\/hello/);
  });
});

describe('the build of that commit', () => {
  let before: unknown;
  let builtBefore: number;
  beforeAll(async () => {
    before = await stand.world();
    builtBefore = built();
    build = await stand.build();
  });

  it('succeeds without asking anybody', () => {
    expect(build).toMatchObject({ result: 'SUCCESS', error: null, questions: [] });
  });

  it('changes nothing: no branch, no object of the cluster, no image', async () => {
    expect(await stand.world()).toEqual(before);
  });

  it('builds nothing', () => {
    expect(built()).toBe(builtBefore);
  });
});

describe('a change of one application', () => {
  let pins: Readonly<Record<string, string>>;
  beforeAll(async () => {
    pins = await stand.pins();
    await stand.colleague.push('hello: say more', changeHello);
    build = await stand.build({ answers: [{ APPROVER: 'admin', REASON: 'more words' }] });
  });

  it('adds an image of that application alone', async () => {
    expect(build).toMatchObject({ result: 'SUCCESS', error: null });
    expect(await tags('chat')).toHaveLength(1);
    expect(await tags('hello')).toHaveLength(2);
  });

  it('pins and runs that image, and leaves the other as it was', async () => {
    const after = await stand.pins();
    expect(after.chat).toBe(pins.chat);
    expect(after.hello).not.toBe(pins.hello);
    expect((await stand.running()).hello).toBe(`${stand.registry.host}/hello:${after.hello}`);
  });
});

describe('a change of the charts alone', () => {
  let builtBefore: number;
  let writes: number;
  beforeAll(async () => {
    builtBefore = built();
    writes = stand.registry.writes.length;
    commit = await stand.colleague.push('hello: two more', async (checkout) => {
      checkout.edit('charts/apps/hello.ts', (text) => text.replace('replicas: 3', 'replicas: 5'));
      await checkout.synth();
    });
    build = await stand.build({ answers: [{ APPROVER: 'admin', REASON: 'more people' }] });
  });

  it('builds and pushes no image', () => {
    expect(build).toMatchObject({ result: 'SUCCESS', error: null });
    expect(built()).toBe(builtBefore);
    expect(stand.registry.writes).toHaveLength(writes);
  });

  it('runs, and leaves nothing to commit', async () => {
    const { cluster, origin } = stand;
    const replicas = ['get', 'deployment', 'hello', '--output', 'jsonpath={.spec.replicas}'];
    expect(await cluster.kubectl('--namespace', cluster.namespace, ...replicas)).toBe('5');
    expect(await origin.head()).toBe(commit);
  });
});

describe('the clock', () => {
  const look = () => stand.build({ jenkinsfile: 'jenkins/Jenkinsfile.drift' });

  it('finds nothing where nobody touched the cluster, and tells nobody', async () => {
    build = await look();
    expect(build).toMatchObject({ result: 'SUCCESS', error: null, mails: [] });
  });

  it('finds what somebody scaled by hand, keeps the report and sends it', async () => {
    const { cluster } = stand;
    const inNamespace = (...words: string[]) => cluster.kubectl('--namespace', cluster.namespace, ...words);
    await inNamespace('scale', 'deployment', 'hello', '--replicas', '1');
    // Until controllers have written what follows of it.
    await inNamespace('wait', '--for=jsonpath={.status.readyReplicas}=1', '--timeout=60s', 'deployment/hello');
    await inNamespace('wait', '--for=jsonpath={.status.expectedPods}=1', '--timeout=60s', 'poddisruptionbudget/hello');
    const before = await cluster.state();
    build = await look();
    expect(build.result).toBe('UNSTABLE');
    expect(build.mails).toEqual([expect.objectContaining({ to: 'platform@internal' })]);
    expect(build.artifacts.map((path) => build.artifact(path)).join()).toMatch(/spec\.replicas/);
    expect(await cluster.state()).toEqual(before);
  });
});
