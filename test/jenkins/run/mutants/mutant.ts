import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refused } from '../../../../tools/parse/parse';

/** A fault that somebody could make in the shared library. */
export interface Mutant {
  /** What goes wrong in a build that runs it. */
  readonly name: string;
  /** Path below jenkins/. */
  readonly file: string;
  /** Text of the file as it is, to be found exactly once. */
  readonly from: string;
  readonly to: string;
  /** Spec class that fails, without its package `slipway`: `release.DeployManifestsSpec`. */
  readonly killedBy: string;
  /** Part of the names of the features that matter. */
  readonly feature: string;
}

/** A fault of a file: what goes wrong, the text that is replaced, by what, and part of the name of the feature that sees it. */
type Row = readonly [name: string, from: string, to: string, feature: string];

/** Faults of one file that the same spec class sees. */
export const faults = (file: string, killedBy: string, rows: readonly Row[]): Mutant[] =>
  rows.map(([name, from, to, feature]) => ({ name, file, from, to, killedBy, feature }));

/**
 * Writes a mutant into a copy of the library.
 * @throws Refused where its text is not there, or there more than once: then the table is out of date.
 */
export function plant({ name, file, from, to }: Mutant, copy: string): void {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  const count = text.split(from).length - 1;
  if (count !== 1) {
    throw new Refused([
      `mutant "${name}": jenkins/${file} has its text ${count} times, expected once. Write it anew: ${JSON.stringify(from)}`,
    ]);
  }
  writeFileSync(
    path,
    text.replace(from, () => to),
  );
}
