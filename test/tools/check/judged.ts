import type { Check, Subject } from '../../../tools/check/check';
import { loadSchemas } from '../../../tools/check/schema/schemas';
import { ManifestSet } from '../../../tools/manifests/manifest-set';
import { showPath } from '../../../tools/manifests/yaml';
import type { Manifest } from '../../../tools/render/order';

/** What a check said: `Kind/name path`, and its words. */
export interface Said {
  readonly check: string;
  readonly at: string;
  readonly wrong: string;
  readonly right: string;
}

/** Objects as one file would hold them, in its order. */
export const setOf = (objects: readonly object[]): ManifestSet =>
  new ManifestSet(
    objects.map((manifest, document) => ({ manifest: manifest as Manifest, file: 'test.yaml', document, path: [] })),
  );

// Compiled once for all tests of a file.
let schemas: Subject['schemas'] | undefined;

/** What checks say of objects: findings, and the questions that had no answer. */
export function judged(
  checks: readonly Check[],
  objects: readonly object[],
  context: Partial<Omit<Subject, 'set' | 'report' | 'cannotJudge'>> = {},
): { readonly findings: readonly Said[]; readonly unanswered: readonly string[] } {
  const findings: Said[] = [];
  const unanswered: string[] = [];
  schemas ??= loadSchemas(undefined);
  for (const check of checks) {
    check.judge({
      set: setOf(objects),
      inventory: undefined,
      base: { missing: 'no revision' },
      schemas,
      ...context,
      report: ({ kind, metadata }, path, wrong, right) =>
        findings.push({ check: check.id, at: `${kind}/${metadata.name} ${showPath(path)}`, wrong, right }),
      cannotJudge: (reason) => unanswered.push(`${check.id}: ${reason}`),
    });
  }
  return { findings, unanswered };
}
