import { createPrivateKey, X509Certificate } from 'node:crypto';

/** Days before its end from which a certificate is told of. */
const SOON = 14;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Judges a certificate and its key. Neither appears in what is said.
 * @param hosts names that clients ask it for.
 */
export function judgePair(
  certificate: string,
  key: string,
  hosts: readonly string[],
  now: Date,
): { faults: string[]; notes: string[] } {
  const leaf = read(() => new X509Certificate(certificate));
  const own = read(() => createPrivateKey(key));
  const unreadable = [
    ...(leaf ? [] : ['tls.crt is no certificate; expected PEM, the own one first, then those that vouch for it']),
    ...(own ? [] : ['tls.key is no private key; expected PEM without a passphrase']),
  ];
  if (!leaf || !own) return { faults: unreadable, notes: [] };
  const [from, until] = [new Date(leaf.validFrom), new Date(leaf.validTo)];
  const faults = [
    ...(leaf.checkPrivateKey(own) ? [] : ['tls.key is not the key of tls.crt; expected a pair']),
    ...(until <= now ? [`tls.crt ended ${day(until)}; expected one that is valid`] : []),
    ...(from > now ? [`tls.crt begins ${day(from)}; expected one that is valid`] : []),
  ];
  const left = Math.floor((until.getTime() - now.getTime()) / DAY);
  return {
    faults,
    notes: [
      ...(until > now && left < SOON ? [`tls.crt ends ${day(until)}, in ${left} days`] : []),
      ...hosts
        .filter((host) => leaf.checkHost(host.replace(/^\*\./, 'any.')) === undefined)
        .map((host) => `tls.crt is not for ${host}, which an Ingress shows it for; clients will refuse it`),
    ],
  };
}

/** Undefined where it cannot be read. What the library says may quote what it was given. */
function read<Value>(attempt: () => Value): Value | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
