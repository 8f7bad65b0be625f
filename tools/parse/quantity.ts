/** What a suffix multiplies by, as apimachinery's `resource.Quantity` reads it. */
const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** Every spelling of a quantity that an API server takes: a decimal number with a suffix or an exponent. */
export const QUANTITY = /^([+-]?(?:\d+\.?\d*|\.\d+))([numkMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;

/** What a quantity of any spelling amounts to, in its unit: cores, bytes, objects; undefined where it is not one. */
export function amount(quantity: string | number): number | undefined {
  const [, digits, suffix = ''] = QUANTITY.exec(String(quantity)) ?? [];
  if (digits === undefined) return undefined;
  const scale = SUFFIXES[suffix] ?? Number(`1${suffix}`);
  // In thousandths: 100m + 200m is 300m, where floating point would make it 0.30000000000000004.
  return Math.round(Number(digits) * scale * 1000) / 1000;
}

/** Bytes in a quantity with a binary suffix or none; undefined where it is not one. Decimal suffixes are refused: `1G` beside `1Gi` is a misreading waiting to happen. */
export const bytes = (quantity: string): number | undefined =>
  /^\d+([KMGT]i)?$/.test(quantity) ? amount(quantity) : undefined;

/** Thousandths of a core in a quantity; undefined where it is not one. */
export function millicores(quantity: string): number | undefined {
  if (!/^(\d+m|\d+(\.\d{1,3})?)$/.test(quantity)) return undefined;
  return Math.round((amount(quantity) ?? 0) * 1000);
}
