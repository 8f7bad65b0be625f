import { until } from './harness/process';
import { type Stand, stand } from './harness/stand';
import type { State } from './harness/state';

// A deploy that is interrupted, killed, cut off or overtaken. Afterwards, or after one further deploy where the client
// died: everything is as before, or the new release is there whole.
let drill: Stand;
let before: State;
beforeAll(async () => {
  drill = await stand('production');
  before = await drill.cluster.state();
});

beforeEach(async () => {
  await drill.checkout.pin('production', { hello: 'v2' });
  await drill.checkout.commit();
});

afterEach(async () => {
  await old();
  expect(await drill.cluster.state()).toEqual(before);
});

/** The checkout as it was when the environment was released first. */
const old = () => drill.checkout.git('reset', '--quiet', '--hard', 'origin/HEAD');

/** Until pods of the new release run beside old ones. */
const middle = () =>
  until(
    'the release is under way',
    async () => {
      const pods = await drill.cluster.api.list<{ spec: { containers: { image: string }[] } }>(
        '/api/v1/namespaces/chat/pods',
      );
      const images = pods
        .map(({ spec }) => spec.containers[0]?.image ?? '')
        .filter((image) => image.includes('/hello:'));
      return images.some((image) => image.includes(':v2')) && images.some((image) => image.includes(':v1'));
    },
    60,
  );

/** Goes back to the first release, once the new one was seen to be whole. */
async function expectWholeAndGoBack(): Promise<void> {
  expect(await drill.ask('deploy', ['--yes'])).toMatchObject({ result: 'unchanged' });
  expect(await drill.ask('rollback', ['--yes'])).toMatchObject({ result: 'deployed' });
}

describe('a deploy that is stopped in the middle', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s puts everything back', async (signal) => {
    const deploy = drill.start();
    await middle();
    deploy.kill(signal, { forceKillAfterTimeout: false });
    const { exitCode, stdout } = await deploy;
    expect(stdout).toMatch(`interrupted by ${signal}`);
    expect(exitCode).toBe(1);
  });

  it('by SIGTERM again and again, as Jenkins sends it, puts everything back', async () => {
    const deploy = drill.start();
    let said = '';
    deploy.stderr?.on('data', (text) => {
      said += text;
    });
    await middle();
    deploy.kill('SIGTERM', { forceKillAfterTimeout: false });
    await until('it was heard', () => /putting everything back/.test(said), 60);
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) deploy.kill(signal, { forceKillAfterTimeout: false });
    expect((await deploy).exitCode).toBe(1);
  });

  it('by SIGKILL is taken back by the next one', async () => {
    const deploy = drill.start();
    await middle();
    deploy.kill('SIGKILL');
    await deploy;
    await old();
    const { stdout, exitCode } = await drill.run('deploy', ['--yes']);
    expect(stdout).toMatch(/was left pending-upgrade: whoever made it was stopped half-way/);
    expect(stdout).toMatch(/nothing to change/);
    expect(exitCode).toBe(0);
  });

  it('is not disturbed by a second one, which is refused by name', async () => {
    const deploy = drill.start();
    await middle();
    const { stderr, exitCode } = await drill.run('deploy', ['--yes']);
    expect(stderr).toMatch(/system:serviceaccount:chat:deployer.* is releasing right now/);
    expect(exitCode).toBe(2);
    expect((await deploy).exitCode).toBe(0);
    await expectWholeAndGoBack();
  });
});

describe('a deploy whose cluster goes away in the middle', () => {
  it('for a restart of the API server comes out whole or is taken back', async () => {
    const deploy = drill.start();
    await middle();
    await drill.cluster.apiServer.restart('SIGKILL');
    const { exitCode } = await deploy;
    expect([0, 1]).toContain(exitCode);
    if (exitCode === 0) await expectWholeAndGoBack();
  });

  it('for good, as far as it can see, is taken back when it answers again', async () => {
    const deploy = drill.start();
    let said = '';
    deploy.stdout?.on('data', (text) => {
      said += text;
    });
    await middle();
    drill.cluster.relay.cut();
    await until('the deploy gives up', () => /failed: /.test(said), 60);
    drill.cluster.relay.mend();
    const { exitCode } = await deploy;
    expect([1, 3]).toContain(exitCode);
    if (exitCode === 3) {
      await old();
      expect(await drill.ask('deploy', ['--yes'])).toMatchObject({ result: 'unchanged' });
    }
  });
});
