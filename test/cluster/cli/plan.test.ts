import { copyOfRepository, run } from '../../support/copy';

jest.setTimeout(60_000);

const copy = copyOfRepository();
const plan = (...words: string[]) => run(copy, 'node', 'tools/cli/bin.js', 'cluster', 'plan', ...words);

describe('slipway cluster plan', () => {
  it('prints commands that somebody can run one after another, and nothing else that a shell would run', async () => {
    const { stdout, exitCode } = await plan('lab');
    const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(exitCode).toBe(0);
    expect(lines.filter((line) => !/^(rsync -a --delete|ssh \d+\.\d+\.\d+\.\d+ sudo) /.test(line))).toEqual([]);
    expect(lines).toContain('ssh 192.0.2.91 sudo slipway/scripts/prepare.sh slipway/lab/nodes/balancer-1');
  });

  it('hands what a machine joins with from one to the other, over nobody’s command line', async () => {
    const { stdout } = await plan('lab');
    expect(stdout).toContain(
      'ssh 192.0.2.97 sudo slipway/scripts/mint-join.sh slipway/lab/nodes/control-plane-1 control-plane | ssh 192.0.2.98 sudo slipway/scripts/join.sh slipway/lab/nodes/control-plane-2\n',
    );
  });

  it('gives the steps as JSON', async () => {
    const { stdout } = await plan('lab', '--json');
    expect(JSON.parse(stdout)[0]).toEqual({ machine: 'balancer-1', script: 'prepare', why: expect.any(String) });
  });

  it('is refused for a cluster that something else makes, with what to run instead', async () => {
    const { stderr, exitCode } = await plan('kind');
    expect([exitCode, stderr]).toEqual([
      1,
      'cluster kind: is made by kind, not by scripts; expected one of machines. Next: kind create cluster --config dist/cluster/kind/kind-config.yaml',
    ]);
  });

  it('is a wrong command line for a cluster that there is not', async () => {
    const { stderr, exitCode } = await plan('la');
    expect([exitCode, stderr]).toEqual([2, 'unknown cluster "la"; did you mean `lab`?']);
  });

  it('has help of its own, at every level', async () => {
    const { stdout, exitCode } = await run(copy, 'node', 'tools/cli/bin.js', 'cluster', 'plan', '--help');
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('Nothing is run.')]);
    expect((await run(copy, 'node', 'tools/cli/bin.js', 'cluster', 'plan', '--jsn')).exitCode).toBe(2);
  });
});
