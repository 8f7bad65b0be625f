import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './harness/process';
import { type Stand, stand } from './harness/stand';
import type { State } from './harness/state';

// A release that cannot come about, for whatever reason: afterwards every object is as it was before.
let drill: Stand;
let before: State;
beforeAll(async () => {
  drill = await stand('production');
  before = await drill.cluster.state();
});

afterEach(async () => {
  await drill.checkout.git('reset', '--quiet', '--hard', 'origin/HEAD');
  expect(await drill.cluster.state()).toEqual(before);
});

/** Changes the checkout as a user does: a field, a synth, a commit. */
async function change(file: string, edit: (text: string) => string): Promise<void> {
  drill.checkout.edit(file, edit);
  await drill.checkout.synth();
  await drill.checkout.commit();
}

/** Deploys, and expects that it fails on the way and is taken back. */
async function expectRestored(reason: RegExp) {
  const outcome = await drill.ask('deploy', ['--yes']);
  expect(outcome).toMatchObject({ result: 'restored', revision: expect.any(Number) });
  expect(outcome.reason).toMatch(reason);
  return outcome;
}

/** Deploys, and expects that it is refused before anything was changed. */
async function expectRefused(reason: RegExp): Promise<void> {
  const { exitCode, stderr } = await drill.run('deploy', ['--yes']);
  expect(stderr).toMatch(reason);
  expect(exitCode).toBe(2);
}

describe('a release under way is taken back', () => {
  it.each([
    ['an image that nobody can pull', 'v2-broken', /ImagePullBackOff/],
    ['a program that crashes', 'v2-crashing', /CrashLoopBackOff/],
  ])('for %s, early and with an explanation', async (_, tag, reason) => {
    await drill.checkout.pin('production', { chat: tag });
    await drill.checkout.commit();
    const { diagnostics = '' } = await expectRestored(reason);
    const folder = join(drill.checkout.folder, diagnostics);
    expect(readFileSync(join(folder, 'reason.txt'), 'utf8')).toMatch(reason);
    expect(existsSync(join(folder, 'events.txt'))).toBe(true);
  });

  it('for pods that never become ready, when Kubernetes gives up', async () => {
    await drill.checkout.pin('production', { hello: 'v2-unready' });
    // Two minutes more than a pod may take to start: too long for a drill.
    await change('charts/lib/web-app-objects.ts', (text) => text.replace('app.startSeconds + 120', '15'));
    await expectRestored(/hello.*(progress deadline|ProgressDeadlineExceeded)/is);
  });

  it('for pods that fit on no node', async () => {
    const nodes = drill.cluster.inventory.nodes.map(({ name }) => name);
    await drill.cluster.kubectl('cordon', ...nodes);
    try {
      await drill.checkout.pin('production', { chat: 'v2' });
      await drill.checkout.commit();
      await expectRestored(/chat.*unschedulable/is);
    } finally {
      await drill.cluster.kubectl('uncordon', ...nodes);
    }
  });

  it('for pods beyond the quota', async () => {
    const quota = (pods: string) =>
      drill.cluster.kubectl(
        '-n',
        'chat',
        'patch',
        'resourcequota',
        'chat',
        '--type=merge',
        '-p',
        `{"spec":{"hard":{"pods":"${pods}"}}}`,
      );
    const { items } = JSON.parse(await drill.cluster.kubectl('-n', 'chat', 'get', 'pods', '-o', 'json'));
    await quota(String(items.length));
    try {
      await drill.checkout.pin('production', { chat: 'v2' });
      await drill.checkout.commit();
      await expectRestored(/chat.*exceeded quota/is);
    } finally {
      await quota('40');
    }
  });

  it('for pods that admission refuses', async () => {
    await withPolicy({ apiGroups: [''], resources: ['pods'], expression: DENIED_PODS }, async () => {
      await drill.checkout.pin('production', { chat: 'v2-denied' });
      await drill.checkout.commit();
      await expectRestored(/chat.*denied by the drill/is);
    });
  });
});

describe('a release is refused before it begins', () => {
  it('for a field that never changes', async () => {
    await change('charts/environments/production.ts', (text) =>
      text.replace("storage: '10Gi' })", "storage: '20Gi' })"),
    );
    await expectRefused(/StatefulSet chat\/redis: spec.volumeClaimTemplates never changes/);
  });

  it('for an object that admission refuses', async () => {
    await withPolicy({ apiGroups: ['apps'], resources: ['deployments'], expression: DENIED_DEPLOYMENTS }, async () => {
      await drill.checkout.pin('production', { chat: 'v2-denied' });
      await drill.checkout.commit();
      await expectRefused(/Deployment chat\/chat.*denied by the drill/s);
    });
  });
});

const DENIED_PODS = "!object.spec.containers.exists(c, c.image.contains('denied'))";
const DENIED_DEPLOYMENTS = "!object.spec.template.spec.containers.exists(c, c.image.contains('denied'))";

/** Lets a ValidatingAdmissionPolicy hold while something is done. */
async function withPolicy(
  { apiGroups, resources, expression }: { apiGroups: string[]; resources: string[]; expression: string },
  work: () => Promise<void>,
): Promise<void> {
  const api = 'admissionregistration.k8s.io/v1';
  const metadata = { name: 'drill' };
  const rule = { apiGroups, apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources };
  const policy = {
    apiVersion: api,
    kind: 'ValidatingAdmissionPolicy',
    metadata,
    spec: {
      failurePolicy: 'Fail',
      matchConstraints: { resourceRules: [rule] },
      validations: [{ expression, message: 'denied by the drill' }],
    },
  };
  const binding = {
    apiVersion: api,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata,
    spec: { policyName: 'drill', validationActions: ['Deny'] },
  };
  const { cluster } = drill;
  for (const object of [policy, binding]) await cluster.api.apply(object, { manager: 'drill' });
  try {
    // The API server reads policies anew once a second or so.
    await until('the policy holds', async () => (await probe(resources)) === 'denied', 30);
    await work();
  } finally {
    await cluster.kubectl('delete', 'validatingadmissionpolicybinding,validatingadmissionpolicy', 'drill');
    await until('the policy is gone', async () => (await probe(resources)) === 'allowed', 30);
  }
}

async function probe([resource]: readonly string[]): Promise<'denied' | 'allowed'> {
  const pod = { containers: [{ name: 'a', image: 'denied' }] };
  const metadata = { name: 'probe', namespace: 'default', labels: { app: 'probe' } };
  const deployment = { selector: { matchLabels: { app: 'probe' } }, template: { metadata, spec: pod } };
  const object =
    resource === 'pods'
      ? { apiVersion: 'v1', kind: 'Pod', metadata, spec: pod }
      : { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: deployment };
  try {
    await drill.cluster.api.apply(object, { manager: 'drill', dryRun: true });
    return 'allowed';
  } catch {
    return 'denied';
  }
}
