import { Refused } from '../../../tools/parse/parse';

/**
 * Runs parts of a stage side by side, each to its end: the failure of one does not hide that of another.
 * @throws Refused with the faults of all, or the first error that is something else.
 */
export async function runTogether(
  parts: Readonly<Record<string, () => Promise<void>>>,
  print: (line: string) => void = console.log,
): Promise<void> {
  const started = performance.now();
  const ends = await Promise.allSettled(
    Object.entries(parts).map(async ([name, run]) => {
      await run().finally(() => print(`   ${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`));
    }),
  );
  const errors = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  const other = errors.find((error) => !(error instanceof Refused));
  if (other) throw other;
  if (errors.length > 0) throw new Refused(errors.flatMap((error: Refused) => error.faults));
}
