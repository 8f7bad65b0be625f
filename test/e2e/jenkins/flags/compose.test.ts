import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../support/copy';
import { readReference } from './compose';

describe('the reference of Docker Compose', () => {
  it('lists the flags of a command and of its parents, without hidden ones', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'docs/reference'), { recursive: true });
    writeFileSync(
      join(folder, 'docs/reference/docker_compose_up.yaml'),
      `command: docker compose up
options:
  - { option: detach, shorthand: d, value_type: bool, hidden: false }
  - { option: wait-timeout, value_type: int, hidden: false }
  - { option: scale-old, value_type: string, hidden: true }
inherited_options:
  - { option: dry-run, value_type: bool, hidden: false }
`,
    );
    expect(readReference(folder, 'docker compose up')).toEqual([
      { name: '--detach', short: '-d' },
      { name: '--wait-timeout', takes: 'VALUE' },
      { name: '--dry-run' },
    ]);
  });
});
