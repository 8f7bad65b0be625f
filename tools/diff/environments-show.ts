import type { EnvironmentReport } from './environments';
import { cell, code } from './markdown';
import { printable, showValue } from './show';

/** Characters of a value in a table; the whole of it is in the JSON, and in the folders. */
const MOST = 60;

/** A value in a table: on one line; where it is long, its ends, of which the last tells images and addresses apart. */
function brief(value: unknown): string {
  if (value === undefined) return '—';
  if (typeof value === 'string' && value.includes('\n')) return `${value.trimEnd().split('\n').length} lines`;
  const text = printable(showValue(value));
  return text.length > MOST ? `${text.slice(0, MOST / 2)}…${text.slice(1 - MOST / 2)}` : text;
}

/** Two values of a row: where they would look alike, that they are not. */
function cells(one: unknown, other: unknown): readonly [string, string] {
  const [was, is] = [brief(one), brief(other)];
  return was === is ? [was, `${is} (differs)`] : [was, is];
}

const isEqual = ({ fields, onlyInOne, onlyInOther }: EnvironmentReport): boolean =>
  fields.length + onlyInOne.length + onlyInOther.length === 0;

const sum = ({ one, other, fields, onlyInOne, onlyInOther }: EnvironmentReport): string =>
  `${one} and ${other} differ in ${fields.length} field${fields.length === 1 ? '' : 's'}; ${onlyInOne.length} object${onlyInOne.length === 1 ? '' : 's'} only in ${one}, ${onlyInOther.length} only in ${other}`;

/** A table for terminals: columns as wide as what stands in them. */
export function environmentText(report: EnvironmentReport): string {
  const { one, other, fields, onlyInOne, onlyInOther } = report;
  if (isEqual(report)) return `${one} and ${other} are equal\n`;
  const rows = fields.map((field) => [field.object, printable(field.path), ...cells(field.one, field.other)]);
  const table = [['object', 'field', one, other], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  // An object is named on its first row alone.
  const lines = table.map((row, index) => {
    const [object = '', ...rest] = row;
    const named = index > 0 && table[index - 1]?.[0] === object ? '' : object;
    return [named, ...rest]
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  });
  const alone = (name: string, objects: readonly string[]) =>
    objects.length > 0 ? [[`only in ${name}`, ...objects.map((object) => `  ${object}`)].join('\n')] : [];
  const tables = fields.length > 0 ? [lines.join('\n')] : [];
  return `${[sum(report), ...tables, ...alone(one, onlyInOne), ...alone(other, onlyInOther)].join('\n\n')}\n`;
}

export function environmentMarkdown(report: EnvironmentReport): string {
  const { one, other, fields, onlyInOne, onlyInOther } = report;
  if (isEqual(report)) return `${cell(one)} and ${cell(other)} are equal\n`;
  const rows = fields.map((field) => {
    const values = cells(field.one, field.other).map(code);
    return `| ${code(field.object)} | ${code(printable(field.path))} | ${values.join(' | ')} |`;
  });
  const table = [`| object | field | ${cell(one)} | ${cell(other)} |`, '| --- | --- | --- | --- |', ...rows].join('\n');
  const alone = (name: string, objects: readonly string[]) =>
    objects.length > 0
      ? [[`Only in ${cell(name)}:`, '', ...objects.map((object) => `- ${code(object)}`)].join('\n')]
      : [];
  const tables = fields.length > 0 ? [table] : [];
  return `${[cell(sum(report)), ...tables, ...alone(one, onlyInOne), ...alone(other, onlyInOther)].join('\n\n')}\n`;
}
