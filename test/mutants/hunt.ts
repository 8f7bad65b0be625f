import { join } from 'node:path';
import { CHECKS } from '../../tools/check/checks';
import { readExemptions } from '../../tools/check/exemptions';
import { openFolders } from '../../tools/check/folder';
import { type Folder, judge } from '../../tools/check/run';
import { type Entry, ManifestSet } from '../../tools/manifests/manifest-set';
import type { Manifest } from '../../tools/render/order';
import { accessMutants } from './access';
import { fieldMutants } from './fields';
import type { Mutable, Mutant } from './mutant';
import { objectMutants } from './objects';
import { secretMutants } from './secrets';
import { workloadMutants } from './workloads';

const ROOT = join(__dirname, '../..');

/** Every fault that some check must find. */
export const MUTANTS: readonly Mutant[] = [
  ...workloadMutants,
  ...objectMutants,
  ...fieldMutants,
  ...secretMutants,
  ...accessMutants,
];

const exemptions = readExemptions(
  join(ROOT, 'exemptions.yaml'),
  CHECKS.map(({ id }) => id),
);
const folders = new Map<string, Folder>();

/** An environment as it was committed; what is compared with is itself. */
function environment(name: string): Folder {
  const known = folders.get(name);
  if (known) return known;
  const [opened] = openFolders([join(ROOT, 'dist', name)], { base: 'HEAD' });
  if (!opened) throw new Error(`no environment ${name}`);
  const folder = { ...opened, base: opened.set };
  folders.set(name, folder);
  return folder;
}

/** Ids of the checks that find something in an environment, after a mutant was let loose in it. */
export function findersOf(name: string, mutate: Mutant['mutate'] = () => {}): readonly string[] {
  const folder = environment(name);
  const entries = new Map<unknown, Entry>(
    folder.set.entries.map((entry) => [JSON.parse(JSON.stringify(entry.manifest)), entry]),
  );
  const objects = [...entries.keys()] as Mutable[];
  mutate(objects);
  // A planted object stands behind the last document of some file: there is no line to show.
  const planted = { file: folder.set.entries[0]?.file ?? '', document: Number.MAX_SAFE_INTEGER, path: [] };
  const set = new ManifestSet(
    objects.map((object) => ({ ...(entries.get(object) ?? planted), manifest: object as unknown as Manifest })),
  );
  const { findings } = judge({ ...folder, set }, exemptions);
  return [...new Set(findings.map(({ check }) => check))];
}
