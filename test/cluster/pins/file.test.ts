import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readChecksums, writeChecksums } from '../../../cluster/pins/file';
import { temporaryFolder } from '../../support/copy';

const file = (): string => join(temporaryFolder(), 'checksums.json');
const sum = 'a'.repeat(64);

describe('checksums', () => {
  it('are read as they were written, in the order of the alphabet', () => {
    const path = file();
    writeChecksums({ 'https://b.example.com/': sum, 'https://a.example.com/': sum }, path);
    expect(Object.keys(readChecksums(path))).toEqual(['https://a.example.com/', 'https://b.example.com/']);
    expect(readFileSync(path, 'utf8')).toMatch(/\}\n$/);
  });

  it.each(['', 'sha256:abc', 'A'.repeat(64)])('that are none are refused: %j', (value) => {
    const path = file();
    writeFileSync(path, JSON.stringify({ 'https://a.example.com/': value }));
    expect(() => readChecksums(path)).toThrow(/is no sha256: 64 hex digits, as `slipway cluster pin` writes them/);
  });
});
