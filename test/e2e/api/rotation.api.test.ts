import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { podsOf } from './harness/sampling';
import { type Stand, stand } from './harness/stand';

// A database's own password, which it took at its first start. kwok's nodes run nothing, so a script answers
// `kubectl exec`; what the real one does in a real MySQL is tested where that runs.
let drill: Stand;
beforeAll(async () => {
  drill = await stand('kind');
});

const fresh = () => randomBytes(24).toString('base64url');
const password = async () => {
  const path = `/api/v1/namespaces/${drill.cluster.namespace}/secrets/mysql`;
  const { data } = await drill.cluster.api.get<{ readonly data: Readonly<Record<string, string>> }>(path);
  return Buffer.from(data.password ?? '', 'base64').toString();
};
const pods = async (workload: string) => (await podsOf(drill.cluster, workload)).map(({ metadata: { uid } }) => uid);
const allPods = () => Promise.all(['chat', 'hello', 'mysql', 'redis'].map(pods));

/** Runs `slipway secrets` with a password of MySQL's in its standard input. */
const give = (value: string, words: readonly string[], kubeconfig = drill.cluster.adminKubeconfig) =>
  drill.run('secrets', ['--stdin', ...words], { kubeconfig, input: JSON.stringify({ mysql: { password: value } }) });

describe("a new password of a database's own", () => {
  const expectRefused = async (reason: string | RegExp, words: readonly string[], kubeconfig?: string) => {
    const [state, running, value] = [await drill.cluster.state(), await allPods(), fresh()];
    const { exitCode, stdout, stderr } = await give(value, words, kubeconfig);
    expect(stderr).toMatch(reason);
    expect(stderr).not.toMatch(/unknown (flag|shorthand|command)/);
    expect(exitCode).toBe(1);
    expect(stdout + stderr).not.toContain(value);
    expect(await drill.cluster.state()).toEqual(state);
    expect(await allPods()).toEqual(running);
  };

  it('is refused', () =>
    expectRefused('mysql/password: a new value would not reach mysql-0, which took it at its first start', []));

  it('is refused from whoever may not exec', () =>
    expectRefused('--rotate: needs to create pods/exec in namespace chat', ['--rotate'], drill.deployer));

  it('leaves everything as it was where the database does not take it', () => {
    drill.cluster.pods.run('read -r new; read -r before; echo "rotate: access denied" >&2; exit 1');
    return expectRefused(/mysql\/password: mysql-0 did not change it: rotate: access denied/, ['--rotate']);
  });

  it('is changed back where it is not known whether the database took it', async () => {
    const told = join(drill.cluster.folder, 'told');
    const before = await password();
    drill.cluster.pods.run('read -r new; read -r old; echo "$new" >>told; [ "$(wc -l <told)" -eq 2 ]');
    await expectRefused(/mysql-0 did not change it: .*\nEverything is as it was/s, ['--rotate']);
    expect(readFileSync(told, 'utf8').split('\n').at(1)).toBe(before);
  });
});

describe('secrets --rotate', () => {
  it('tells the database by stdin, then the Secret, then restarts the database and its callers', async () => {
    const [before, value, running] = [await password(), fresh(), await allPods()];
    const seen = (name: string) => readFileSync(join(drill.cluster.folder, name), 'utf8');
    drill.cluster.pods.run(
      [
        'read -r new; read -r before',
        'printf "%s\\n" "$@" >words; printf "%s\\n" "$new" "$before" >values',
        // Of everybody who takes part, slipway and kubectl too.
        "cat /proc/[0-9]*/cmdline | tr '\\0' ' ' >processes",
      ].join('\n'),
    );
    const { exitCode, stdout, stderr } = await give(value, ['--rotate']);
    expect(stdout).toMatch(
      /Secret mysql: written\n(.*\n)*restarting mysql\n(.*\n)*.*StatefulSet mysql: ready\n(.*\n)*restarting chat\n(.*\n)*.*Deployment chat: ready\n/,
    );
    expect(stdout).toMatch(/ {2}rotated +mysql\/password\n/);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });

    expect(seen('values')).toBe(`${value}\n${before}\n`);
    expect(seen('words')).toBe('/etc/slipway/rotate.sh\npassword\n');
    expect(seen('processes')).toMatch(/kubectl .* exec .*mysql-0/);
    expect(seen('processes') + stdout).not.toContain(value);
    expect(seen('processes') + stdout).not.toContain(before);

    expect(await password()).toBe(value);
    const [chat, hello, mysql, redis] = await allPods();
    expect([hello, redis]).toEqual([running[1], running[3]]);
    expect([...(chat ?? []), ...(mysql ?? [])].filter((uid) => running.flat().includes(uid))).toEqual([]);
  });

  it('finds nothing to do with the same password', async () => {
    rmSync(join(drill.cluster.folder, 'words'));
    const { exitCode, stdout } = await give(await password(), ['--rotate']);
    expect(stdout).toMatch(/nothing to change; every Secret is there/);
    expect(exitCode).toBe(0);
    expect(existsSync(join(drill.cluster.folder, 'words'))).toBe(false);
  });

  it('is not asked for where the Secret was lost, and says what that means', async () => {
    await drill.cluster.kubectl('delete', 'secret', 'mysql', '--namespace', 'chat');
    const { stdout } = await drill.run('secrets', ['--generate']);
    expect(stdout).toContain('note: mysql/password: mysql-0 or its claim is there already.');
  });
});
