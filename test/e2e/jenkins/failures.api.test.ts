import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checkout } from '../api/harness/checkout';
import type { State } from '../api/harness/state';
import type { Build } from './harness/jenkins';
import { type Stand, startStand } from './harness/stand';
import { withhold } from './harness/withhold';

// What goes wrong between an approval and the commit. What ran before runs again, or the newer build delivers both.
let stand: Stand;
let build: Build;
/** What the namespace held before. */
let state: State;
let heads: string;
let tag: string;

const APPROVED = { APPROVER: 'admin', REASON: 'drill' };
const deliver = (more = {}) => stand.build({ answers: [APPROVED], ...more });

beforeAll(async () => {
  stand = await startStand({ released: true });
  tag = (await pinned('hello')).split('@')[0] ?? '';
  await stand.colleague.push('hello: say more', changeHello);
  heads = await stand.origin.heads();
  state = await stand.cluster.state();
});

const pinned = async (image: string) => (await stand.pins())[image] ?? '';
const changeHello = (checkout: Checkout) =>
  appendFileSync(join(checkout.folder, 'app/hello/src/main.ts'), '// changed\n');
const changeScale = (replicas: number) => async (checkout: Checkout) => {
  checkout.edit('charts/apps/hello.ts', (text) => text.replace(/replicas: \d/, `replicas: ${replicas}`));
  await checkout.synth();
};

describe('an image that cannot be pulled', () => {
  beforeAll(async () => {
    const mend = await withhold(stand.cluster, 'hello', tag);
    build = await deliver();
    await mend();
  });

  it('fails the build', () => {
    expect(build.result).toBe('FAILURE');
    expect(build.log).toMatch(/ImagePullBackOff/);
  });

  it('leaves the cluster as it was', async () => {
    expect(await stand.cluster.state()).toEqual(state);
  });

  it('commits nothing', async () => {
    expect(await stand.origin.heads()).toBe(heads);
  });

  it('keeps what explains it, and says it by mail', () => {
    expect(build.artifacts).toContainEqual(expect.stringMatching(/^production-[^/]+\/describe\.txt$/));
    expect(build.mails).toEqual([expect.objectContaining({ to: 'platform@internal' })]);
  });
});

describe('a build that is aborted while it deploys', () => {
  beforeAll(async () => {
    build = await deliver({ abort: /^hello +[12] of 3 updated/ });
  });

  it('ends as aborted', () => {
    expect(build.result).toBe('ABORTED');
  });

  it('leaves the cluster as it was', async () => {
    expect(await stand.cluster.state()).toEqual(state);
  });

  it('commits nothing', async () => {
    expect(await stand.origin.heads()).toBe(heads);
  });
});

describe('a harmless push of somebody else meanwhile', () => {
  let theirs: string;
  beforeAll(async () => {
    const push = await stand.colleague.prepare('a word', (checkout) =>
      appendFileSync(join(checkout.folder, 'README.md'), '\nA word.\n'),
    );
    build = await deliver({ meanwhile: push });
    theirs = await stand.origin.git('rev-parse', 'main^');
  });

  it('is what the delivery is committed on top of', async () => {
    expect(build).toMatchObject({ result: 'SUCCESS', error: null });
    expect(await stand.origin.git('log', '-1', '--format=%s', theirs)).toBe('a word');
    expect(await stand.origin.git('log', '-1', '--format=%s', 'main')).toMatch(/^production: /);
  });

  it('does not change what runs: main names it', async () => {
    expect((await stand.running()).hello).toBe(`${stand.registry.host}/hello:${await pinned('hello')}`);
  });
});

describe('a push meanwhile that changes what production would be', () => {
  let theirs: string;
  let pins: string;
  beforeAll(async () => {
    await stand.colleague.push('hello: say still more', changeHello);
    pins = await pinned('hello');
    const push = await stand.colleague.prepare('hello: two more', changeScale(5));
    build = await deliver({ meanwhile: push });
    theirs = await stand.origin.head();
  });

  it('leaves the commit to the build of that push', async () => {
    expect(build).toMatchObject({ result: 'SUCCESS', error: null });
    expect(await stand.origin.git('log', '-1', '--format=%s', 'main')).toBe('hello: two more');
    expect(await pinned('hello')).toBe(pins);
  });

  it('is delivered by its own build, together with what was not committed', async () => {
    build = await deliver();
    expect(build).toMatchObject({ result: 'SUCCESS', error: null });
    expect(await stand.origin.git('rev-parse', 'main^')).toBe(theirs);
    expect(await pinned('hello')).not.toBe(pins);
    const running = await stand.running();
    expect(running.hello).toBe(`${stand.registry.host}/hello:${await pinned('hello')}`);
    expect(
      await stand.cluster.kubectl(
        '--namespace',
        'chat',
        'get',
        'deployment',
        'hello',
        '--output',
        'jsonpath={.spec.replicas}',
      ),
    ).toBe('5');
  });
});
