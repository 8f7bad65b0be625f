import { readdirSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { uncommitted } from './checkout';
import type { Answer, PreflightContext, Question } from './question';

/** Names that a message lists before it counts the rest. */
const SHOWN = 10;

/**
 * What is released is what was reviewed: `dist/` says what the charts say, and the charts are committed.
 * `dist/` itself and pins may differ from HEAD: whoever builds pins, synthesizes and releases before the commit.
 */
export const sourcesCurrent: Question = {
  name: 'sources',
  ask: async ({ bundle, root, staleFiles }: PreflightContext): Promise<Answer> => {
    const stale = await staleFiles();
    const changed = uncommitted(root);
    const foreign = foreignFiles(bundle);
    return {
      faults: [
        ...(stale.length === 0
          ? []
          : [
              `dist/ is not what the charts say: a synth would change ${listed(stale.map((path) => `dist/${path}`))}. Next: \`npm run synth\`, and review what it changes`,
            ]),
        ...(changed.length === 0
          ? []
          : [
              `the checkout is not what HEAD says: ${listed(changed)}; expected nothing uncommitted outside dist/ and charts/environments/images/. Next: commit it, or \`git stash -u\``,
            ]),
        ...(foreign.length === 0
          ? []
          : [
              `dist/${bundle.environment} holds what no synth wrote: ${listed(foreign)}; no release carries it. Next: remove it, or render it from a chart`,
            ]),
      ],
    };
  },
};

/** Files of an environment's folder that its inventory does not name. */
function foreignFiles({ folder, environment, inventory }: PreflightContext['bundle']): string[] {
  const known = new Set(inventory.objects.map(({ file }) => file));
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, `${entry.parentPath}${sep}${entry.name}`))
    .filter((path) => !known.has(path))
    .map((path) => `dist/${environment}/${path}`)
    .sort();
}

/** Names in a sentence; of many, the first ones and how many more. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(', ');
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
}
