import { readFileSync } from 'node:fs';
import { fileOf, SOURCES, withoutHead } from '../e2e/jenkins/flags/sources';
import { writeTable } from '../e2e/jenkins/flags/table';

describe('the flags that the fake of slipway knows', () => {
  it('are those of slipway', async () => {
    const commands = await SOURCES.find(({ table }) => table === 'slipway')?.read();
    expect(withoutHead(readFileSync(fileOf('slipway'), 'utf8'))).toBe(writeTable([], commands ?? {}).trimStart());
  }, 60_000);
});
