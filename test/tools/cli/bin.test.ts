import { statSync } from 'node:fs';
import { join } from 'node:path';
import { run, temporaryFolder } from '../../support/copy';

jest.setTimeout(120_000);

const BIN = join(__dirname, '../../../tools/cli/bin.js');

describe('the command', () => {
  it('works from any folder: its compiler looks for settings in the project that it belongs to', async () => {
    const { exitCode, stdout } = await run(temporaryFolder(), 'node', BIN, '--help');
    expect({ exitCode, usage: stdout.startsWith('Usage: slipway ') }).toEqual({ exitCode: 0, usage: true });
  });

  it('may be called by its path alone', () => {
    expect(statSync(BIN).mode & 0o111).not.toBe(0);
  });
});
