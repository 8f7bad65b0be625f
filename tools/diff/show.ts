import { dump } from 'js-yaml';
import { showAmount } from '../manifests/capacity';
import { showImageChange } from './images';
import { lineDiff } from './lines';
import type { AmountReport, FieldReport, ObjectReport } from './report';

/** A line of a change: what came, what went, what is another, and what stands around it. */
export interface ChangeLine {
  readonly sign: '+' | '-' | '~' | ' ';
  readonly text: string;
}

/** Characters of two values that still stand on one line. */
const MOST_IN_LINE = 100;

/** Control characters and those that turn the direction of text: a value must not steer a terminal, or hide itself. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}]/gu, (character) => {
    if (character === '\n' || character === '\t') return character;
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });

/** `StatefulSet chat/redis`; an object of the cluster has no namespace. */
export const showObject = ({ kind, namespace, name }: Pick<ObjectReport, 'kind' | 'namespace' | 'name'>): string =>
  printable(`${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`);

export const SIGNS: Readonly<Record<ObjectReport['change'], ChangeLine['sign']>> = {
  added: '+',
  changed: '~',
  removed: '-',
};

/** A value on one line; a string as it is, where it cannot be taken for something else. */
export function showValue(value: unknown): string {
  if (value === undefined) return '(none)';
  if (typeof value === 'string') return isPlain(value) ? value : JSON.stringify(value);
  if (typeof value !== 'object') return String(value);
  return dump(value, { flowLevel: 0, lineWidth: -1, noRefs: true }).trimEnd();
}

const isPlain = (text: string): boolean => /^[^\s"'{}[\],#&*!|>%@`][^\n]*$/.test(text) && text.trim() === text;

/** A field that differs, as lines. The first one names it. */
export function fieldLines({ path, before, after, reordered }: FieldReport): readonly ChangeLine[] {
  if (reordered) return [clean({ sign: '~', text: `${path}: order ${showList(before)} → ${showList(after)}` })];
  if (before === undefined) return oneSided('+', path, after).map(clean);
  if (after === undefined) return oneSided('-', path, before).map(clean);
  return twoSided(path, before, after).map(clean);
}

const clean = ({ sign, text }: ChangeLine): ChangeLine => ({ sign, text: printable(text) });

const showList = (value: unknown): string =>
  Array.isArray(value) ? value.map((entry) => showValue(entry)).join(', ') : showValue(value);

function oneSided(sign: '+' | '-', path: string, value: unknown): ChangeLine[] {
  const block = blockOf(value);
  if (!block) return [{ sign, text: `${path}: ${showValue(value)}` }];
  return [{ sign, text: `${path}:` }, ...block.map((text): ChangeLine => ({ sign, text: `  ${text}` }))];
}

/** A value that needs more than one line: a structure as YAML, a text as it stands. */
function blockOf(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string' && value.includes('\n')) return value.trimEnd().split('\n');
  if (typeof value !== 'object' || value === null || showValue(value).length <= 60) return undefined;
  return dump(value, { lineWidth: -1, noRefs: true }).trimEnd().split('\n');
}

function twoSided(path: string, before: unknown, after: unknown): ChangeLine[] {
  if (/\.image$/.test(path) && typeof before === 'string' && typeof after === 'string') {
    return [{ sign: '~', text: `${path}: ${showImageChange(before, after)}` }];
  }
  const isText = [before, after].every((value) => typeof value === 'string');
  if (isText && [before, after].some((value) => String(value).includes('\n'))) {
    const lines = lineDiff(String(before), String(after));
    return [
      { sign: '~', text: `${path}:` },
      ...lines.map(
        ({ sign, text }): ChangeLine => (sign === '…' ? { sign: ' ', text: '  …' } : { sign, text: `  ${text}` }),
      ),
    ];
  }
  const [old, now] = [showValue(before), showValue(after)];
  if (old === now || old.length + now.length > MOST_IN_LINE)
    return [...oneSided('-', path, before), ...oneSided('+', path, after)];
  return [{ sign: '~', text: `${path}: ${old} → ${now}` }];
}

/** `requests of memory: 2Gi → 2.5Gi (+512Mi)` */
export function showAmountChange({ what, resource, unit, before, after }: AmountReport): string {
  const show = (value: number): string => (unit === 'pods' ? String(value) : showAmount(unit, value));
  const name = resource ? `${what} of ${resource === 'ephemeralStorage' ? 'ephemeral storage' : resource}` : what;
  const difference = `${after > before ? '+' : '−'}${show(Math.abs(after - before))}`;
  return `${name}: ${show(before)} → ${show(after)} (${difference})`;
}
