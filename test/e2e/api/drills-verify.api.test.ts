import type { Revision } from '../../../tools/deploy/history';
import { type Outcome, type Stand, stand } from './harness/stand';
import type { State } from './harness/state';

// Failures that Helm does not see: everything became ready, and is not well. Afterwards everything is as it was before.
let drill: Stand;
let before: State;
/** Commits of what was released first, and of what runs. */
let first: string;
let good: string;
beforeAll(async () => {
  drill = await stand('production');
  first = await drill.checkout.git('rev-parse', 'HEAD');
  good = await widen(9);
  expect(await drill.ask('deploy', ['--yes'])).toMatchObject({ result: 'deployed' });
  before = await drill.cluster.state();
});

/** A change that restarts no pod. @returns its commit. */
async function widen(most: number): Promise<string> {
  drill.checkout.edit('charts/environments/production.ts', (text) => text.replace(/max: \d+/, `max: ${most}`));
  await drill.checkout.synth();
  return drill.checkout.commit();
}

const history = () => drill.ask<Revision[]>('history');

describe('a release that Helm takes for deployed is taken back, and called bad,', () => {
  afterEach(() => drill.checkout.git('reset', '--quiet', '--hard', good));

  async function expectRestored(reason: RegExp): Promise<void> {
    const { exitCode, stdout } = await drill.run('deploy', ['--yes', '--json']);
    const outcome: Outcome = JSON.parse(stdout);
    expect(outcome).toMatchObject({ result: 'restored', commit: good, reason: expect.stringMatching(reason) });
    expect(exitCode).toBe(1);
    const [bad, restored] = (await history()).slice(-2);
    expect(bad).toMatchObject({ status: 'bad', description: expect.stringMatching(reason) });
    expect(restored).toMatchObject({ status: 'deployed', commit: good });
    expect(await drill.cluster.state()).toEqual(before);
  }

  it.each([
    [
      'another digest runs than was rendered',
      'v2-tampered',
      /container hello runs tampered@sha256:\w+; expected sha256:/,
    ],
    ['a container was started again', 'v2-restarted', /was started again once .*hello ended with code 137, OOMKilled/],
  ])('where %s', async (_, tag, reason) => {
    await drill.checkout.pin('production', { hello: tag });
    await drill.checkout.commit();
    await expectRestored(reason);
  });

  it('where its address answers 503', async () => {
    drill.cluster.ingress.answer(503);
    try {
      await widen(8);
      await expectRestored(/https:\/\/\S+\/ready: answered 503/);
    } finally {
      drill.cluster.ingress.answer(200);
    }
  });
});

describe('a rollback', () => {
  it('to a revision that was bad is refused, with what was wrong with it', async () => {
    const bad = (await history()).filter(({ status }) => status === 'bad');
    expect(bad).toHaveLength(3);
    const { exitCode, stderr } = await drill.run('rollback', ['--yes', String(bad.at(-1)?.revision)]);
    expect(stderr).toMatch(/revision \d+ did not run \(.*answered 503/);
    expect(exitCode).toBe(2);
    expect(await drill.cluster.state()).toEqual(before);
  });

  it('without a number passes over every bad one', async () => {
    expect(await drill.ask('rollback', ['--yes'])).toMatchObject({ result: 'deployed', commit: first });
  });
});
