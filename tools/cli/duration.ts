import { InvalidArgumentError } from 'commander';

const UNITS = { s: 1, m: 60, h: 3600 };

/** Reads `90s`, `10m` or `1h` as seconds, for an option. */
export function seconds(text: string): number {
  const [, amount, unit] = /^([1-9]\d{0,4})([smh])$/.exec(text) ?? [];
  if (amount === undefined)
    throw new InvalidArgumentError(`${JSON.stringify(text)} is no duration such as 90s or 10m.`);
  return Number(amount) * UNITS[unit as keyof typeof UNITS];
}
