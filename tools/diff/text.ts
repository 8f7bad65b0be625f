import type picocolors from 'picocolors';
import type { Formatter } from 'picocolors/types';
import type { Comparison, DiffReport, FieldReport, ObjectReport, Reason } from './report';
import { RISKS, type Risk, TITLES } from './risk';
import { type ChangeLine, fieldLines, printable, SIGNS, showAmountChange, showObject } from './show';
import { isEqual, showSummary } from './summary';

type Colours = ReturnType<typeof picocolors.createColors>;

/** A minus that is as wide as a plus. */
const SHOWN: Readonly<Record<ChangeLine['sign'], string>> = { '+': '+', '-': '−', '~': '~', ' ': ' ' };

/** What a terminal is shown: the sum, a line for each of several comparisons, then every change, the worst first. */
export function showText({ summary, comparisons }: DiffReport, colours: Colours): string {
  const several = comparisons.length > 1;
  const titles = several ? comparisons.map((comparison) => `  ${comparison.name}: ${outcome(comparison)}`) : [];
  const sections = comparisons
    .filter((comparison) => !isEqual(comparison.summary))
    .map((comparison) => section(comparison, colours));
  return `${[[colours.bold(showSummary(summary)), ...titles].join('\n'), ...sections].join('\n\n')}\n`;
}

/** What was compared. Two folders have no name but theirs. */
export function titleOf({ name, before, after }: Comparison): string {
  const versions = `${before} → ${after}`;
  return name === versions ? name : `${name}: ${versions}`;
}

/** What became of one comparison, on a line. */
export function outcome({ status, summary, objects, after, before }: Comparison): string {
  const many = `${objects.length} object${objects.length === 1 ? '' : 's'}`;
  if (status === 'new') return `new in ${after}, ${many}`;
  if (status === 'gone') return `gone since ${before}, ${many}`;
  return showSummary(summary);
}

function section(comparison: Comparison, colours: Colours): string {
  const { objects, capacity, traffic } = comparison;
  const heading = colours.bold(titleOf(comparison));
  const numbers = capacity.map((amount) => `  ${showAmountChange(amount)}`);
  const flows = [
    ...traffic.opened.map((flow) => colours.yellow(`  + ${printable(flow)}`)),
    ...traffic.closed.map((flow) => `  − ${printable(flow)}`),
  ];
  return [
    heading,
    ...objects.map((object) => showChange(object, colours)),
    ...(numbers.length > 0
      ? [['capacity, every autoscaler at its maximum and every rollout at its surge', ...numbers].join('\n')]
      : []),
    ...(flows.length > 0 ? [['traffic', ...flows].join('\n')] : []),
  ].join('\n\n');
}

function showChange(object: ObjectReport, colours: Colours): string {
  const risks = RISKS.filter((risk) =>
    [...object.fields, object].some((part) => part.reasons.some((reason) => reason.risk === risk)),
  );
  const title = `${SHOWN[SIGNS[object.change]]} ${showObject(object)}`;
  const painted = risks.map((risk) => painter(risk, colours)(TITLES[risk]));
  const head = `${colours.bold(title)}  ${painted.join(', ')}  ${colours.dim(printable(object.file))}`;
  const own = object.reasons.map((reason) => `  ${showReason(reason, colours)}`);
  return [head, ...own, ...grouped(object.fields).flatMap((group) => showGroup(group, colours))].join('\n');
}

/** Fields that have the same reasons: they are told once. */
interface Group {
  readonly reasons: readonly Reason[];
  readonly fields: readonly FieldReport[];
}

export function grouped(fields: readonly FieldReport[]): readonly Group[] {
  const groups = new Map<string, { reasons: readonly Reason[]; fields: FieldReport[] }>();
  for (const field of fields) {
    const key = JSON.stringify(field.reasons);
    const known = groups.get(key);
    if (known) known.fields.push(field);
    else groups.set(key, { reasons: field.reasons, fields: [field] });
  }
  return [...groups.values()];
}

const showGroup = ({ reasons, fields }: Group, colours: Colours): string[] => [
  ...reasons.map((reason) => `  ${showReason(reason, colours)}`),
  ...fields.flatMap(fieldLines).map(({ sign, text }) => `    ${paintLine(sign, colours)(`${SHOWN[sign]} ${text}`)}`),
];

const showReason = ({ risk, why }: Reason, colours: Colours): string =>
  `${painter(risk, colours)(TITLES[risk])}: ${printable(why)}`;

function painter(risk: Risk, colours: Colours): Formatter {
  const painters: Record<Risk, Formatter> = {
    refused: colours.red,
    data: colours.red,
    access: colours.yellow,
    restarts: colours.cyan,
    safe: colours.green,
  };
  return painters[risk];
}

function paintLine(sign: ChangeLine['sign'], colours: Colours): Formatter {
  if (sign === '+') return colours.green;
  return sign === '-' ? colours.red : String;
}
