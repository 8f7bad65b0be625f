import type picocolors from 'picocolors';
import { fieldLines, printable } from '../../diff/show';
import type { Drift, DriftedField } from '../drift';

type Colours = ReturnType<typeof picocolors.createColors>;

/** What a terminal is shown: one line that sums up, then what is gone, then fields by object and by who wrote them. */
export function showDrift(drift: Drift, colours: Colours): string {
  const { missing, replaced, changed, added, notes } = drift;
  const objects = new Map<string, DriftedField[]>();
  for (const field of [...changed, ...added]) {
    const known = objects.get(field.object);
    if (known) known.push(field);
    else objects.set(field.object, [field]);
  }
  return [
    colours.bold(summary(drift)),
    ...notes.map((note) => `note: ${note}`),
    ...missing.map((object) => colours.red(`− ${printable(object)} is missing`)),
    ...replaced.map((line) => colours.red(`! ${printable(line)}`)),
    ...[...objects].flatMap(([object, fields]) => [colours.bold(`~ ${printable(object)}`), ...byWriter(fields)]),
  ].join('\n');
}

function summary({ environment, release, objects, missing, replaced, changed, added }: Drift): string {
  const left = `revision ${release.revision} (commit ${release.commit.slice(0, 12)}, ${release.at}, by ${release.by})`;
  const counts = [
    [missing, 'missing'],
    [replaced, 'made anew'],
    [changed, 'changed'],
    [added, 'added'],
  ] as const;
  if (counts.every(([list]) => list.length === 0))
    return printable(`${environment}: ${objects} objects as ${left} left them`);
  const parts = counts.flatMap(([list, what]) => (list.length === 0 ? [] : [`${list.length} ${what}`]));
  return printable(`${environment} differs from ${left}: ${parts.join(', ')}`);
}

function byWriter(fields: readonly DriftedField[]): string[] {
  const writers = new Map<string, DriftedField[]>();
  for (const field of fields) {
    const writer = writerOf(field);
    const known = writers.get(writer);
    if (known) known.push(field);
    else writers.set(writer, [field]);
  }
  return [...writers].flatMap(([writer, written]) => [
    `  ${printable(writer)}`,
    ...written.flatMap(linesOf).map((line) => `    ${line}`),
  ]);
}

function writerOf({ manager, subresource, at }: DriftedField): string {
  if (manager === undefined) return 'taken away, nobody knows by whom';
  return [`by ${manager}`, ...(subresource ? [`through ${subresource}`] : []), ...(at ? [`at ${at}`] : [])].join(' ');
}

const linesOf = ({ field, released, live }: DriftedField): string[] =>
  fieldLines({ path: field, before: released, after: live, risk: 'safe', reasons: [] }).map(
    ({ sign, text }) => `${sign === '-' ? '−' : sign} ${text}`,
  );
