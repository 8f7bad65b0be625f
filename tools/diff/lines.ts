import { diffArrays } from 'diff';

/** A line of a text that changed. `…` stands for lines that are equal and left out. */
export interface Line {
  readonly sign: '+' | '-' | ' ' | '…';
  readonly text: string;
}

/** Equal lines that are shown around a difference. */
const CONTEXT = 2;

/** Lines that may go and come before the texts are called different as a whole: finding the shortest way takes the square of it. */
const MOST_EDITS = 4000;

/** What differs between two texts, line by line. */
export function lineDiff(before: string, after: string): readonly Line[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const parts = diffArrays(old, now, { maxEditLength: MOST_EDITS }) ?? [
    { removed: true, added: false, value: old },
    { removed: false, added: true, value: now },
  ];
  return withContext(
    parts.flatMap(({ added, removed, value }) =>
      value.map((text): Line => ({ sign: added ? '+' : removed ? '-' : ' ', text })),
    ),
  );
}

/** Leaves out equal lines that are far from any difference. */
function withContext(lines: readonly Line[]): readonly Line[] {
  const near = new Set<number>();
  for (const [index, { sign }] of lines.entries()) {
    if (sign === ' ') continue;
    for (let other = index - CONTEXT; other <= index + CONTEXT; other += 1) near.add(other);
  }
  const left: Line[] = [];
  for (const [index, line] of lines.entries()) {
    if (near.has(index)) left.push(line);
    else if (left.at(-1)?.sign !== '…') left.push({ sign: '…', text: '' });
  }
  return left;
}
