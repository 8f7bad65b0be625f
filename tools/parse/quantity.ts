const BINARY: Readonly<Record<string, number>> = { Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40 };

/** Bytes in a quantity with a binary suffix or none; undefined where it is not one. Decimal suffixes are refused: `1G` beside `1Gi` is a misreading waiting to happen. */
export function bytes(quantity: string): number | undefined {
  const [, amount, suffix] = /^(\d+)(Ki|Mi|Gi|Ti)?$/.exec(quantity) ?? [];
  return amount === undefined ? undefined : Number(amount) * (suffix === undefined ? 1 : (BINARY[suffix] ?? 1));
}

/** Thousandths of a core in a quantity; undefined where it is not one. */
export function millicores(quantity: string): number | undefined {
  const [, amount, milli] = /^(\d+(?:\.\d{1,3})?)(m)?$/.exec(quantity) ?? [];
  if (amount === undefined || (milli && amount.includes('.'))) return undefined;
  return milli ? Number(amount) : Math.round(Number(amount) * 1000);
}
