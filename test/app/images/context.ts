import { cpSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore from '@balena/dockerignore';

/** Files of a folder that Docker sends to a build: all that `.dockerignore` admits, whatever git says of them. */
export function filesOfContext(folder: string): string[] {
  const lines = readFileSync(join(folder, '.dockerignore'), 'utf8').split('\n');
  const rules = lines.filter((line) => line !== '' && !line.startsWith('#'));
  if (rules[0] !== '*')
    throw new Error('.dockerignore: expected * as the first rule, so that nothing comes in unnamed');
  const admits = ignore().add(rules).createFilter();
  // Below a folder that no exception begins with nothing can be admitted; node_modules would take long.
  const roots = new Set(rules.flatMap((rule) => /^!([^/]+)/.exec(rule)?.[1] ?? []));
  return [...roots]
    .flatMap((name) => filesBelow(folder, name))
    .filter(admits)
    .sort();
}

export function copyContext(folder: string, target: string): void {
  for (const file of filesOfContext(folder)) cpSync(join(folder, file), join(target, file), { verbatimSymlinks: true });
}

function filesBelow(folder: string, path: string): string[] {
  const entry = lstatSync(join(folder, path), { throwIfNoEntry: false });
  if (!entry?.isDirectory()) return entry ? [path] : [];
  return readdirSync(join(folder, path)).flatMap((name) => filesBelow(folder, `${path}/${name}`));
}
