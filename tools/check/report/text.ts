import type { Colors } from 'picocolors/types';
import { CHECKS } from '../checks';
import { showObject } from '../exemptions';
import type { Verdict } from '../run';

/** Verdicts for people: findings by file, then what had no answer, then the sum. */
export function textReport(verdicts: readonly Verdict[], colours: Colors): string {
  return verdicts.map((verdict) => lines(verdict, colours).join('\n')).join('\n\n');
}

function lines({ folder, objects, findings, exempted, unanswered }: Verdict, colours: Colors): string[] {
  return [
    ...findings.flatMap(({ check, object, file, line, path, wrong, right }) => [
      `${colours.bold(`${file}:${line}`)}  ${showObject(object)}`,
      `  ${colours.red(check)}  ${path}${path === '' ? '' : ': '}${wrong}; expected ${right}`,
    ]),
    ...unanswered.map(({ check, reason }) => `${colours.yellow('not judged')}  ${check}: ${reason}`),
    `${folder}: ${counted(objects, 'object')}, ${counted(CHECKS.length, 'check')}, ${
      findings.length === 0 ? colours.green('no finding') : colours.red(counted(findings.length, 'finding'))
    }${exempted.length > 0 ? `, ${exempted.length} exempted` : ''}`,
  ];
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
