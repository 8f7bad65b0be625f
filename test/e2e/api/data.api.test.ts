import { type Stand, stand } from './harness/stand';

// What a release removes goes; what holds data stays, and is named.
let drill: Stand;
beforeAll(async () => {
  drill = await stand('kind');
});

const KIND = 'charts/environments/kind.ts';

/** Changes the environment as a user does, and deploys. */
async function deploy(edit: (text: string) => string, words: readonly string[] = []) {
  drill.checkout.edit(KIND, edit);
  await drill.checkout.synth();
  await drill.checkout.commit();
  return drill.ask('deploy', ['--yes', ...words]);
}

const names = async (resource: string): Promise<string[]> => {
  const { items } = JSON.parse(await drill.cluster.kubectl('-n', 'chat', 'get', resource, '-o', 'json'));
  return items.map(({ metadata }: { metadata: { name: string } }) => metadata.name);
};

const withoutHello = (text: string) => text.replace(/\n {4}hello\(.*\),/, '').replace(/import \{ hello \}.*\n/, '');
const withoutMysql = (text: string) =>
  text
    .replace(/\n {4}mysql\(\{[\s\S]*?\n {4}\}\),/, '')
    .replace(/import \{ mysql \}.*\n/, '')
    .replace("store: 'mysql'", "store: 'redis'");

describe('what a release no longer carries', () => {
  it('goes, whatever kind it is', async () => {
    expect(await names('deployments,services,configmaps,serviceaccounts')).toContain('hello');
    drill.checkout.edit('charts/environments/images/kind.json', (text) => text.replace(/,\s*"hello": "[^"]*"/, ''));
    expect(await deploy(withoutHello)).toMatchObject({ result: 'deployed' });
    expect(await names('deployments,services,configmaps,serviceaccounts,poddisruptionbudgets')).not.toContain('hello');
  });

  it('leaves its claims, by name, where it was a StatefulSet', async () => {
    const { notes } = await deploy(withoutMysql);
    expect(notes).toContain('claim data-mysql-0 stays, with its data');
    expect(await names('statefulsets')).toEqual(['redis']);
    expect(await names('persistentvolumeclaims')).toEqual(['data-mysql-0', 'data-redis-0']);
  });
});

describe('data', () => {
  it('is not for the deployer to delete, which is said before anything is changed', async () => {
    const before = await drill.cluster.state();
    const { exitCode, stderr } = await drill.run('deploy', ['--yes', '--prune-data']);
    expect(stderr).toMatch(/may not delete: persistentvolumeclaims in namespace chat/);
    expect(exitCode).toBe(2);
    expect(await drill.cluster.state()).toEqual(before);
  });

  it('outlives an uninstall, and the next deploy finds it', async () => {
    const { claims } = await drill.ask<{ claims: string[] }>('uninstall', ['--yes']);
    expect(claims).toEqual(['data-redis-0']);
    expect(await names('statefulsets,deployments,services')).toEqual([]);
    expect(await drill.ask('deploy', ['--yes'])).toMatchObject({ result: 'deployed' });
    expect(await names('persistentvolumeclaims')).toEqual(['data-mysql-0', 'data-redis-0']);
  });

  it('goes with an uninstall where an administrator says so', async () => {
    const kubeconfig = drill.cluster.adminKubeconfig;
    const { exitCode, stdout } = await drill.run('uninstall', ['--yes', '--prune-data'], { kubeconfig });
    expect(stdout).toMatch(/claim data-redis-0, WITH ITS DATA/);
    expect(exitCode).toBe(0);
    const gone = async () => !(await names('persistentvolumeclaims')).includes('data-redis-0');
    expect(await gone()).toBe(true);
  });
});

describe('a first deploy that fails', () => {
  it('removes what it made, keeps claims, and keeps the reason', async () => {
    await drill.checkout.pin('kind', { chat: 'v9-broken' });
    await drill.checkout.commit();
    expect(await drill.ask('deploy', ['--yes'])).toMatchObject({
      result: 'removed',
      reason: expect.stringMatching(/ImagePullBackOff/),
    });
    expect(await names('statefulsets,deployments,services')).toEqual([]);
    expect(await names('persistentvolumeclaims')).toContain('data-redis-0');
    expect((await drill.run('history')).stdout).toMatch(/ImagePullBackOff/);
  });

  it('does not stand in the way of the next one', async () => {
    await drill.checkout.pin('kind', { chat: 'v10' });
    await drill.checkout.commit();
    expect(await drill.ask('deploy', ['--yes'])).toMatchObject({ result: 'deployed' });
  });
});
