import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../support/copy';

/** A program that stands for a judge in a test: what it prints and how it ends is shell, whatever it is asked. */
export function fakeTool(script: string): string {
  const file = join(temporaryFolder(), 'tool');
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}
