/** What a command's exit codes mean, for its help. */
export const exitCodes = (meanings: Readonly<Record<number, string>>): string =>
  ['', 'Exit codes:', ...Object.entries(meanings).map(([code, meaning]) => `  ${code}  ${meaning}`)].join('\n');
