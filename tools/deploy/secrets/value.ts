import { judgePair } from '../preflight/certificate';

/** Values of one Secret by key. */
export type Values = ReadonlyMap<string, Buffer>;

/** Whether a value is none: a line end alone is what `echo` makes of nothing. */
export const isEmpty = (value: Buffer): boolean => value.toString('latin1').trim() === '';

/**
 * What stands against the values that a Secret is to have, by its type, and what somebody should know. Never shows one.
 * @param hosts names under which browsers reach what a certificate is for.
 */
export function judgeValues(
  { name, type }: { readonly name: string; readonly type: string },
  values: Values,
  hosts: readonly string[],
  now: Date,
): { readonly faults: readonly string[]; readonly notes: readonly string[] } {
  if (type === 'kubernetes.io/dockerconfigjson') return { faults: registryFaults(name, values), notes: [] };
  if (type !== 'kubernetes.io/tls') return { faults: [], notes: [] };
  const { faults, notes } = judgePair(String(values.get('tls.crt')), String(values.get('tls.key')), hosts, now);
  const named = (line: string) => `${name}: ${line}`;
  return { faults: faults.map(named), notes: notes.map(named) };
}

function registryFaults(name: string, values: Values): string[] {
  const expected = 'expected what `docker login` writes: { "auths": { "<registry>": { "auth": "…" } } }';
  try {
    const { auths } = JSON.parse(String(values.get('.dockerconfigjson'))) ?? {};
    if (typeof auths === 'object' && auths !== null && Object.keys(auths).length > 0) return [];
    return [`${name}/.dockerconfigjson: names no registry in auths; ${expected}`];
  } catch {
    return [`${name}/.dockerconfigjson: is no JSON; ${expected}`];
  }
}
