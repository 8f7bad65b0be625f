/** A figure that was promised. */
export interface Bar {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly most?: number;
  readonly least?: number;
}

/** Columns are as wide as what stands in them; the first one is left, the others right. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? '').length)));
  for (const row of [head, ...rows]) {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    console.log(cells.join('  '));
  }
}

/** @returns whether every bar is met. */
export function judge(bars: readonly Bar[]): boolean {
  console.log('');
  const verdicts = bars.map(
    ({ name, value, unit, most = Number.POSITIVE_INFINITY, least = Number.NEGATIVE_INFINITY }) => {
      const met = value <= most && value >= least;
      const bound = most === Number.POSITIVE_INFINITY ? `at least ${least}` : `at most ${most}`;
      console.log(
        `${name.padEnd(64)}${value.toFixed(2).padStart(9)} ${unit.padEnd(6)}${bound.padEnd(14)}${met ? 'met' : 'missed'}`,
      );
      return met;
    },
  );
  return verdicts.every(Boolean);
}

export const count = (value: number): string => Math.round(value).toLocaleString('en-US');
