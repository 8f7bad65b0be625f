import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import * as z from 'zod';
import type { Flag } from './table';

const option = z.object({
  option: z.string(),
  shorthand: z.string().optional(),
  value_type: z.string(),
  hidden: z.boolean(),
});
const page = z.object({ options: z.array(option).default([]), inherited_options: z.array(option).default([]) });

/**
 * Reads a page of the reference that Docker Compose generates from its commands and keeps in its module.
 * @param folder of the module's sources.
 * @param command `docker compose up`
 */
export function readReference(folder: string, command: string): Flag[] {
  const file = join(folder, 'docs/reference', `${command.replaceAll(' ', '_')}.yaml`);
  const { options, inherited_options } = page.parse(load(readFileSync(file, 'utf8')));
  const shown = [...options, ...inherited_options].filter(({ hidden }) => !hidden);
  return shown.map(({ option: name, shorthand, value_type }) => ({
    name: `--${name}`,
    ...(shorthand && { short: `-${shorthand}` }),
    ...(value_type !== 'bool' && { takes: 'VALUE' as const }),
  }));
}
