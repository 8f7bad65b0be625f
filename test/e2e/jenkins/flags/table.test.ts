import { readFileSync } from 'node:fs';
import { fileOf, SOURCES, withoutHead } from './sources';
import { writeTable } from './table';

describe('a flag table', () => {
  it('has commands at the margin, and below each what it takes', () => {
    const text = writeTable(['crane: v1', 'Read today'], {
      'crane push': [
        { name: '--image-refs', takes: 'VALUE' },
        { name: '--verbose', short: '-v' },
      ],
      'aws ecr describe-images': [{ name: '--image-ids', takes: 'VALUES', required: true }],
    });
    expect(text).toBe(`# crane: v1
# Read today
crane push
  --image-refs VALUE
  --verbose -v
aws ecr describe-images
  --image-ids VALUES required
`);
    expect(withoutHead(text)).toMatch(/^crane push\n/);
  });

  it.each(SOURCES.map(({ table, says }) => [table, says]))('of %s is of the version that is pinned', (table, says) => {
    const [head] = readFileSync(fileOf(table), 'utf8').split('\n');
    expect(head).toBe(`# ${table}: ${says}.`);
  });
});
