import { readFileSync } from 'node:fs';
import { fileOf, SOURCES, withoutHead } from './sources';
import { writeTable } from './table';

/** Programs that this run has anyway; `main.ts --check` compares the others, too. */
const HERE = ['aws', 'crane', 'kubectl'];

describe('a flag table', () => {
  it.each(SOURCES.filter(({ table }) => HERE.includes(table)).map(({ table, read }) => [table, read] as const))(
    'of %s is what the program says',
    async (table, read) => {
      expect(withoutHead(readFileSync(fileOf(table), 'utf8'))).toBe(writeTable([], await read()).trimStart());
    },
  );
});
