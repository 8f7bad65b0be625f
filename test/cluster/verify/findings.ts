/**
 * Collects findings, so that whoever mends one sees them all.
 * @throws Error with a line for every finding; none where there is none.
 */
export async function findingsOf(look: (report: (finding: string) => void) => Promise<void>): Promise<void> {
  const findings: string[] = [];
  await look((finding) => findings.push(finding));
  if (findings.length > 0) throw new Error(findings.join('\n'));
}
