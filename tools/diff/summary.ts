import type { Count, ObjectReport, Summary } from './report';
import { counted, RISKS } from './risk';

export function summaryOf(objects: readonly ObjectReport[]): Summary {
  const count = (change: ObjectReport['change']): Count => {
    const those = objects.filter((object) => object.change === change);
    const risks = RISKS.flatMap((risk) => {
      const number = those.filter((object) => object.risk === risk).length;
      return risk === 'safe' || number === 0 ? [] : [[risk, number] as const];
    });
    return { objects: those.length, risks: Object.fromEntries(risks) };
  };
  return {
    added: count('added'),
    changed: count('changed'),
    removed: count('removed'),
    unknown: objects.filter(({ known }) => !known).length,
  };
}

export const isEqual = ({ added, changed, removed }: Summary): boolean =>
  added.objects + changed.objects + removed.objects === 0;

/** `2 added, 3 changed: 1 restarts pods, 1 puts data at risk; 0 removed` */
export function showSummary({ added, changed, removed, unknown }: Summary): string {
  const parts = [showCount(added, 'added'), showCount(changed, 'changed'), showCount(removed, 'removed')];
  const text = parts.reduce((line, part) => `${line}${/:[^;]*$/.test(line) ? '; ' : ', '}${part}`);
  if (unknown === 0) return text;
  return `${text}; ${unknown} of a kind that is not known here: read ${unknown === 1 ? 'it' : 'them'}`;
}

function showCount({ objects, risks }: Count, what: string): string {
  const listed = [...RISKS].reverse().flatMap((risk) => {
    const number = risk === 'safe' ? undefined : risks[risk];
    return number === undefined ? [] : [counted(risk, number)];
  });
  return `${objects} ${what}${listed.length > 0 ? `: ${listed.join(', ')}` : ''}`;
}
