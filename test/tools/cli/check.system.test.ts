import { join } from 'node:path';
import { run } from '../../support/copy';

jest.setTimeout(180_000);

it('judges without a network: in a namespace that has none, everything is judged', async () => {
  const { exitCode, stdout } = await run(
    join(__dirname, '../../..'),
    ...(['unshare', '--map-root-user', '--net', 'node', 'tools/cli/bin.js', 'check'] as const),
  );
  expect(stdout.match(/no finding/g)).toHaveLength(3);
  expect(exitCode).toBe(0);
});
