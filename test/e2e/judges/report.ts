import type { Hearing } from './hear';
import type { Finding } from './judge';

/** Lines of a table: what each judge saw, what of its findings is allowed, which planted faults it caught. */
export function tabulate(
  hearings: readonly Hearing[],
  versions: ReadonlyMap<string, string>,
  allowed: readonly Finding[],
): string[] {
  const head = ['judge', 'version', 'judged', '', 'findings', 'allowed', 'faults caught', 'took'];
  const rows = hearings.map(({ name, tool, unit, judged, findings, planted, caught, seconds }) => [
    name,
    shorten(versions.get(tool) ?? ''),
    String(judged),
    unit,
    String(findings.length),
    String(allowed.filter(({ judge }) => judge === name).length),
    `${caught} of ${planted}`,
    `${seconds.toFixed(1)} s`,
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const toTheRight = new Set([2, 4, 5, 6, 7]);
  return [head, ...rows].map((row) =>
    row
      .map((cell, column) =>
        toTheRight.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}

/** A version that stands for a commit, by the commit's day and number: `v0.0.5-0.20260105161640-a97ccfaca20b`. */
const shorten = (version: string): string =>
  version.replace(/^v[^-]+-(?:0\.)?(\d{8})\d{6}-([0-9a-f]{7})[0-9a-f]*$/, '$1-$2');
