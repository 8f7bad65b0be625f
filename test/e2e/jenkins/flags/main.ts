import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { buildPrograms, readPrograms } from '../../api/programs';
import { installAws } from '../aws';
import { BUILDX, CRANE } from '../programs';
import { fileOf, SOURCES } from './sources';
import { writeTable } from './table';

/**
 * Reads flag tables again and writes those that changed. Words: their names, default all; `--check` writes none and
 * ends with 1 where one would change.
 */
async function main(words: readonly string[]): Promise<void> {
  const check = words.includes('--check');
  const names = words.filter((word) => word !== '--check');
  await buildPrograms(
    [CRANE, BUILDX].map((source) => readPrograms(source)),
    console.log,
    'e2e:jenkins',
  );
  await installAws();
  for (const { table, says, read } of SOURCES.filter((source) => names.length === 0 || names.includes(source.table))) {
    const when = `Read on ${new Date().toISOString().slice(0, 10)}; again: node -r ts-node/register test/e2e/jenkins/flags/main.ts ${table}`;
    const text = writeTable([`${table}: ${says}.`, when], await read());
    const same = undated(existsSync(fileOf(table)) ? readFileSync(fileOf(table), 'utf8') : '') === undated(text);
    if (check && !same) process.exitCode = 1;
    if (!check && !same) writeFileSync(fileOf(table), text);
    console.log(`${table}: ${same ? 'the same' : check ? 'another' : 'written'}`);
  }
}

/** A table without the line that says when it was read. */
const undated = (text: string): string => text.replace(/^# Read on .*\n/m, '');

void main(process.argv.slice(2));
