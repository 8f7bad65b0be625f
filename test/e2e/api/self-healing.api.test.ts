import { readSlices, readyEndpoints } from '../../../tools/deploy/rollout/endpoints';
import { isReadyPod } from '../../../tools/deploy/rollout/scene';
import { until } from './harness/process';
import { podsOf, zonesOf } from './harness/sampling';
import { type Stand, stand } from './harness/stand';

// What the cluster mends by itself, and that `status` tells when it has.
let drill: Stand;
beforeAll(async () => {
  drill = await stand('production');
});

const ready = async (name: string) => (await podsOf(drill.cluster, name)).filter(isReadyPod);
const kill = (...names: string[]) =>
  drill.cluster.kubectl('-n', drill.cluster.namespace, 'delete', 'pod', '--wait=false', ...names);

/** Waits until a workload has as many ready pods as before, none of them among those that were killed. */
async function mended(name: string, count: number, killed: readonly string[]): Promise<void> {
  await until(`${name} has ${count} ready pods again`, async () => {
    const uids = (await ready(name)).map(({ metadata }) => metadata.uid);
    return uids.length === count && !uids.some((uid) => killed.includes(uid));
  });
}

// Ready is not yet available: pods must stay so for some seconds.
afterEach(async () => {
  let said = '';
  await until('status ends with 0', async () => {
    const { exitCode, stdout } = await drill.run('status');
    said = stdout;
    return exitCode === 0;
  }).catch((error: Error) => {
    throw new Error(`${error.message}\n${said}`);
  });
  expect(said).toContain('production is well');
});

it.each([
  ['one pod', 1],
  ['every pod', 3],
])('a killed workload is replaced: %s of it', async (_, count) => {
  const before = await ready('hello');
  const killed = before.slice(0, count);
  await kill(...killed.map(({ metadata }) => metadata.name));
  await mended(
    'hello',
    before.length,
    killed.map(({ metadata }) => metadata.uid),
  );
  const zones = Object.values(zonesOf(drill.cluster, await ready('hello')));
  expect(Math.max(...zones) - Math.min(...zones)).toBeLessThanOrEqual(1);
  await until('its Service leads to all of them', async () => {
    const slices = await readSlices(drill.cluster.api, drill.cluster.namespace);
    return readyEndpoints('hello', slices) === before.length;
  });
});

it('a killed store comes back under its name, on its claim', async () => {
  const [before] = await ready('redis');
  const claim = await claimUid();
  await kill('redis-0');
  await mended('redis', 1, [before?.metadata.uid ?? '']);
  const [after] = await ready('redis');
  expect(after?.metadata.name).toBe('redis-0');
  expect(await claimUid()).toBe(claim);
});

it('pods of a node that goes are made anew on other nodes', async () => {
  const { cluster } = drill;
  const before = await ready('chat');
  // The store's volume is in the zone of its node, and may have no other node there.
  const [store] = await ready('redis');
  const node = before.find(({ spec }) => spec?.nodeName !== store?.spec?.nodeName)?.spec?.nodeName ?? '';
  const lost = before.filter(({ spec }) => spec?.nodeName === node).map(({ metadata }) => metadata.uid);
  await cluster.kubectl('drain', node, '--ignore-daemonsets', '--delete-emptydir-data', '--timeout=60s');
  try {
    await mended('chat', before.length, lost);
    expect((await ready('chat')).map(({ spec }) => spec?.nodeName)).not.toContain(node);
  } finally {
    await cluster.kubectl('uncordon', node);
  }
});

async function claimUid(): Promise<string> {
  const { namespace, kubectl } = drill.cluster;
  return kubectl('-n', namespace, 'get', 'pvc', '-o', 'jsonpath={.items[*].metadata.uid}');
}
