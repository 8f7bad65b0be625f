import { ApiError } from '../../../tools/deploy/api/error';
import { isReadyPod } from '../../../tools/deploy/rollout/scene';
import { until } from './harness/process';
import { podsOf, samplePods, zonesOf } from './harness/sampling';
import { type Stand, stand } from './harness/stand';

// What holds while a release is under way, and of what a release leaves alone.
let drill: Stand;
beforeAll(async () => {
  drill = await stand('production');
});

/** Releases other images. */
async function change(tags: Readonly<Record<string, string>>): Promise<void> {
  await drill.checkout.pin('production', tags);
  await drill.checkout.commit();
  expect(await drill.ask('deploy', ['--yes'])).toMatchObject({ result: 'deployed' });
}

describe('an image change', () => {
  it('keeps every pod that is wanted ready, and adds no more than the strategy allows', async () => {
    const sampling = await samplePods(drill.cluster);
    await change({ chat: 'v2', hello: 'v2' });
    // chat: three, one more in a rollout (25 %), none less. hello: three, one more, one less.
    const chat = await sampling.of('chat');
    expect(Math.min(...chat.map(({ ready }) => ready))).toBe(3);
    expect(Math.max(...chat.map(({ pods }) => pods))).toBe(4);
    const hello = await sampling.of('hello');
    expect(Math.min(...hello.map(({ ready }) => ready))).toBeGreaterThanOrEqual(2);
    expect(Math.max(...hello.map(({ pods }) => pods))).toBeLessThanOrEqual(4);
    expect(hello.length).toBeGreaterThan(6);
  });

  it('leaves the pods of each workload in every zone', async () => {
    const { cluster } = drill;
    for (const workload of ['chat', 'hello']) {
      const zones = Object.values(zonesOf(cluster, await podsOf(cluster, workload)));
      expect(zones).toHaveLength(cluster.inventory.zones.length);
      expect(Math.max(...zones) - Math.min(...zones)).toBeLessThanOrEqual(1);
    }
  });

  it('tells each step of each workload in a line', async () => {
    await drill.checkout.pin('production', { hello: 'v3' });
    await drill.checkout.commit();
    const { stdout } = await drill.run('deploy', ['--yes']);
    expect(stdout).toMatch(/^hello +3 of 3 updated, 3 ready$/m);
    expect(stdout).not.toMatch(/^(chat|redis) +\d of \d updated/m);
  });
});

describe('a StatefulSet', () => {
  it('keeps its ordinals, its claims and what is on them when its image changes', async () => {
    const { cluster } = drill;
    const claims = async () =>
      (await cluster.api.list(`/api/v1/namespaces/${cluster.namespace}/persistentvolumeclaims`)).map(
        ({ metadata: { name, uid } }) => `${name} ${uid}`,
      );
    const [podsBefore, claimsBefore] = [await podsOf(cluster, 'redis'), await claims()];
    await change({ redis: '8.2.9' });
    const [podsAfter, claimsAfter] = [await podsOf(cluster, 'redis'), await claims()];
    expect(podsAfter.map(({ metadata }) => metadata.name)).toEqual(['redis-0']);
    expect(podsAfter[0]?.metadata.uid).not.toBe(podsBefore[0]?.metadata.uid);
    expect(claimsAfter).toEqual(claimsBefore);
    expect(claimsAfter).toHaveLength(1);
  });

  // Its controller waits for a broken pod to become ready before it replaces it, even by what ran before.
  it('whose new pod never starts runs what it ran before again, and nobody had to delete that pod', async () => {
    const { checkout, cluster } = drill;
    const before = await cluster.state();
    await checkout.pin('production', { redis: '8.2.9-broken' });
    await checkout.commit();
    const { stdout, stderr, exitCode } = await drill.run('deploy', ['--yes', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      result: 'restored',
      reason: expect.stringMatching(/redis-0: ImagePullBackOff/),
    });
    expect(stderr).toMatch(/^pod redis-0 of an older revision never became ready .* it was deleted$/m);
    expect(exitCode).toBe(1);
    expect(await cluster.state()).toEqual(before);
    expect((await podsOf(cluster, 'redis')).filter(isReadyPod)).toHaveLength(1);
    await checkout.pin('production', { redis: '8.2.9' });
    await checkout.commit();
  });
});

describe('a disruption budget', () => {
  it('lets one of two evictions at once through, and the other only later', async () => {
    const { cluster } = drill;
    const pods = `/api/v1/namespaces/${cluster.namespace}/pods`;
    const evict = async ({ metadata: { name } }: { readonly metadata: { readonly name: string } }) => {
      try {
        await cluster.api.ask('POST', `${pods}/${name}/eviction`, {
          body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: cluster.namespace } },
        });
        return 201;
      } catch (error) {
        if (error instanceof ApiError) return error.code;
        throw error;
      }
    };
    await until('the budget allows a disruption', async () => (await allowed()) === 1);
    const [one, two] = await podsOf(cluster, 'chat');
    if (!one || !two) throw new Error('chat has fewer than two pods');
    const answers = await Promise.all([evict(one), evict(two)]);
    expect(answers.sort()).toEqual([201, 429]);
    await until('three pods are ready', async () => (await podsOf(cluster, 'chat')).filter(isReadyPod).length === 3);
    await until('the budget allows the next', async () => (await allowed()) === 1);
  });

  const allowed = async () => {
    const { api, namespace } = drill.cluster;
    const { status } = await api.get<{ status: { disruptionsAllowed: number } }>(
      `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets/chat`,
    );
    return status.disruptionsAllowed;
  };
});

describe('an autoscaler', () => {
  it('scales, and a release of the same workload leaves its number alone', async () => {
    const { cluster } = drill;
    const replicas = async () =>
      Number(
        await cluster.kubectl('-n', cluster.namespace, 'get', 'deployment', 'chat', '-o', 'jsonpath={.spec.replicas}'),
      );
    cluster.metrics.set(() => ({ cpu: '600m', memory: '64Mi' }));
    await until('chat was scaled', async () => (await replicas()) > 3);
    cluster.metrics.set(() => ({ cpu: '350m', memory: '64Mi' }));
    await until('its new pods are ready', async () => {
      const [pods, wanted] = [await podsOf(cluster, 'chat'), await replicas()];
      return pods.length === wanted && pods.every(isReadyPod);
    });
    const scaled = await replicas();
    const sampling = await samplePods(cluster);
    await change({ chat: 'v4' });
    expect(await replicas()).toBe(scaled);
    const samples = await sampling.of('chat');
    expect(Math.min(...samples.map(({ ready }) => ready))).toBe(scaled);
  });
});
