import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startGuarded } from '../../../tools/deploy/guarded';
import { until } from '../../support/until';

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a guarded program', () => {
  it('ends with its parent, even where that is killed', async () => {
    const script = `
      require('ts-node/register');
      const { startGuarded } = require(${JSON.stringify(join(__dirname, '../../../tools/deploy/guarded'))});
      console.log(startGuarded('tail', ['-f', '/dev/null']).pid);
      setInterval(() => undefined, 1000);`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(said.toString());
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(pid));
  });

  it('gives its words and its code', async () => {
    const { stdout, exitCode } = await startGuarded('sh', ['-c', 'echo out; exit 3']);
    expect([stdout, exitCode]).toEqual(['out', 3]);
  });

  it('is told to stop alone', async () => {
    const child = startGuarded('tail', ['-f', '/dev/null']);
    child.kill('SIGTERM');
    expect((await child).signal).toBe('SIGTERM');
  });
});
