import type { Colors } from 'picocolors/types';
import type { Finding, Severity } from './rule';

/** Findings for people: where and what; once for each rule what it leads to and how to mend it; then the sum of every file. */
export function textReport(files: readonly string[], findings: readonly Finding[], colours: Colors): string {
  const paint: Readonly<Record<Severity, (text: string) => string>> = {
    dead: colours.red,
    slow: colours.yellow,
    note: colours.cyan,
  };
  return [
    ...findings.flatMap(({ file, line, rule, severity, what, why, fix }, index) => [
      `${colours.bold(`${file}:${line}`)}  ${paint[severity](severity)}  ${rule}`,
      `  ${what}`,
      ...(findings.findIndex((other) => other.rule === rule) < index ? [] : [`  why: ${why}`, `  fix: ${fix}`]),
      '',
    ]),
    ...files.map((file) => `${file}: ${sum(findings.filter((finding) => finding.file === file))}`),
  ].join('\n');
}

function sum(findings: readonly Finding[]): string {
  const counts = (['dead', 'slow', 'note'] as const).map((severity) => ({
    severity,
    count: findings.filter((finding) => finding.severity === severity).length,
  }));
  const found = counts.filter(({ count }) => count > 0);
  return found.length === 0
    ? 'no finding'
    : found
        .map(({ severity, count }) => `${count} ${severity}${severity === 'note' && count > 1 ? 's' : ''}`)
        .join(', ');
}
