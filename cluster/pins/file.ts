import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import { parse, show } from '../../tools/parse/parse';

const FILE = join(__dirname, '../checksums.json');

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, {
  error: ({ input }) => `${show(input)} is no sha256: 64 hex digits, as \`slipway cluster pin\` writes them`,
});

/** Checksums by URL. @throws Refused where the file holds anything else. */
export const readChecksums = (file = FILE): Record<string, string> =>
  parse(z.record(z.string(), sha256), JSON.parse(readFileSync(file, 'utf8')), 'cluster/checksums.json');

/** In the order of the alphabet, so that a review sees what was added. */
export function writeChecksums(sums: Readonly<Record<string, string>>, file = FILE): void {
  const sorted = Object.fromEntries(Object.entries(sums).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileAtomic.sync(file, `${JSON.stringify(sorted, null, 2)}\n`);
}
