import type { Comparison, DiffReport, ObjectReport, Reason } from './report';
import { TITLES } from './risk';
import { type ChangeLine, fieldLines, SIGNS, showAmountChange, showObject } from './show';
import { isEqual, showSummary } from './summary';
import { grouped, outcome, titleOf } from './text';

/** Characters after which details are left out: GitHub refuses a comment of more than 65,536. */
const MOST = 60_000;

/** What a pull request is shown: the sum, a table of objects, and the details of each, folded. */
export function showMarkdown({ summary, comparisons }: DiffReport): string {
  const several = comparisons.length > 1;
  const titles = several
    ? comparisons.map((comparison) => `- **${cell(comparison.name)}**: ${cell(outcome(comparison))}`)
    : [];
  const parts = [cell(showSummary(summary)), ...(several ? [titles.join('\n')] : [])];
  let length = parts.join('').length;
  let left = 0;
  for (const part of comparisons.filter((comparison) => !isEqual(comparison.summary)).flatMap(section)) {
    length += part.length + 2;
    if (length <= MOST) parts.push(part);
    else left += 1;
  }
  if (left > 0)
    parts.push(
      `${left} more part${left === 1 ? '' : 's'} left out: a pull request takes no more. \`slipway diff\` prints all.`,
    );
  return `${parts.join('\n\n')}\n`;
}

function section(comparison: Comparison): string[] {
  const { objects, capacity, traffic } = comparison;
  const rows = objects.map(
    (object) =>
      `| ${cell(TITLES[object.risk])} | ${SIGNS[object.change]} ${code(showObject(object))} | ${cell(whyOf(object))} |`,
  );
  const flows = [
    ...traffic.opened.map((text): ChangeLine => ({ sign: '+', text })),
    ...traffic.closed.map((text): ChangeLine => ({ sign: '-', text })),
  ];
  return [
    `### ${cell(titleOf(comparison))}`,
    ['| | object | why |', '| --- | --- | --- |', ...rows].join('\n'),
    ...objects.filter(({ fields, reasons }) => fields.length > 0 || reasons.length > 1).map(details),
    ...(capacity.length > 0
      ? [folded('Capacity', fence(capacity.map((amount) => ({ sign: '~', text: showAmountChange(amount) }))))]
      : []),
    ...(flows.length > 0 ? [folded('Traffic', fence(flows))] : []),
  ];
}

/** The worst reason of an object. */
const whyOf = (object: ObjectReport): string =>
  [...object.reasons, ...object.fields.flatMap(({ reasons }) => reasons)].find(({ risk }) => risk === object.risk)
    ?.why ?? '';

function details(object: ObjectReport): string {
  const comment = ({ risk, why }: Reason): ChangeLine => ({
    sign: ' ',
    text: `# ${TITLES[risk]}: ${why}`,
  });
  const lines = grouped(object.fields).flatMap(({ reasons, fields }) => [
    ...reasons.map(comment),
    ...fields.flatMap(fieldLines),
  ]);
  return folded(
    `${code(showObject(object))} <small>${cell(object.file)}</small>`,
    fence([...object.reasons.map(comment), ...lines]),
  );
}

const folded = (summary: string, body: string): string =>
  `<details><summary>${summary}</summary>\n\n${body}\n\n</details>`;

/** Lines in a block of code that nothing in them can end. GitHub paints what begins with `!` as changed. */
function fence(lines: readonly ChangeLine[]): string {
  const text = lines.map(({ sign, text }) => `${sign === '~' ? '!' : sign} ${text}`).join('\n');
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}diff\n${text}\n${ticks}`;
}

/** Text that is nothing but text: no table, no markup, no HTML; nobody is called and no issue is mentioned. */
export const cell = (text: string): string =>
  text
    .replace(/[&<>|`*_[\]~\\!]|[@#](?=\w)/g, (character) =>
      /[@#]/.test(character) ? `${character}&#8203;` : `&#${character.codePointAt(0)};`,
    )
    .replace(/\s*\n\s*/g, ' ');

export const code = (text: string): string => `<code>${cell(text)}</code>`;
