/** Test files with the number of their tests: what is committed, so that nothing can stop being tested without anybody seeing it. */
export type SuiteList = Readonly<Record<string, number>>;

/** What jest says of a run, as far as it matters here. */
export interface JestReport {
  readonly testResults: readonly {
    /** Absolute path. */
    readonly name: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** Suites of a run by path below the root, in the order of the alphabet. */
export function listSuites(root: string, { testResults }: JestReport): SuiteList {
  const counted = testResults.map(
    ({ name, assertionResults }) =>
      [name.slice(root.length + 1), assertionResults.filter(({ status }) => status === 'passed').length] as const,
  );
  return Object.fromEntries(counted.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * How a run differs from what is committed.
 * @param expected whether a listed suite should have run; a quick run leaves some out.
 */
export function compareSuites(
  committed: SuiteList,
  ran: SuiteList,
  expected: (suite: string) => boolean = () => true,
): string[] {
  const names = [...new Set([...Object.keys(committed).filter(expected), ...Object.keys(ran)])].sort();
  return names
    .filter((name) => committed[name] !== ran[name])
    .map((name) => `${name}: ${count(ran[name])} passed, ${count(committed[name])} listed`);
}

const count = (tests: number | undefined): string => (tests === undefined ? 'nothing' : `${tests} tests`);
