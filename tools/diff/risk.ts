/** What a change does, the worst first. */
export const RISKS = ['refused', 'data', 'access', 'restarts', 'safe'] as const;

/**
 * - `refused`: the API server refuses the new version; nothing of it takes effect.
 * - `data`: something that was stored may be lost or out of reach.
 * - `access`: somebody or something may do, reach or take more than before.
 * - `restarts`: pods restart, stop, or may be away more often: whatever interrupts service.
 * - `safe`: none of these.
 */
export type Risk = (typeof RISKS)[number];

export const TITLES: Readonly<Record<Risk, string>> = {
  refused: 'refused by the API',
  data: 'data at risk',
  access: 'widens access',
  restarts: 'restarts pods',
  safe: 'safe',
};

/** What one object does, and what several do: `1 restarts pods`, `2 restart pods`. */
const DOES: Readonly<Record<Risk, readonly [one: string, several: string]>> = {
  refused: ['is refused by the API', 'are refused by the API'],
  data: ['puts data at risk', 'put data at risk'],
  access: ['widens access', 'widen access'],
  restarts: ['restarts pods', 'restart pods'],
  safe: ['is safe', 'are safe'],
};

export const counted = (risk: Risk, count: number): string => `${count} ${DOES[risk][count === 1 ? 0 : 1]}`;

/** Worse risks first. */
export const compareRisks = (one: Risk, other: Risk): number => RISKS.indexOf(one) - RISKS.indexOf(other);

export const worst = (risks: Iterable<Risk>): Risk => [...risks].sort(compareRisks)[0] ?? 'safe';
