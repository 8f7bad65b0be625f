import type { Check } from '../check';

/** The table that `--list` prints and docs/checks.md carries. */
export function listOfChecks(checks: readonly Check[]): string {
  const rows = checks.map(
    ({ id, what, why, exempt }) => `| \`${id}\` | ${[what, why, exempt].map(cell).join(' | ')} |`,
  );
  return ['| check | what must hold | why | exemptions |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|');
