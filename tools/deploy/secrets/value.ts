import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

/** Values of one Secret by key. */
export type Values = ReadonlyMap<string, Buffer>;

/**
 * What is wrong with the values that a Secret is to have, by its type. Never shows one.
 * @param at the moment at which a certificate has to be valid.
 */
export function faultsOf(name: string, type: string, values: Values, at: Date): string[] {
  if (type === 'kubernetes.io/tls') return pairFaults(name, values, at);
  if (type === 'kubernetes.io/dockerconfigjson') return registryFaults(name, values);
  return [];
}

/** Names that browsers will ask for and a certificate does not have. */
export function uncovered(values: Values, hosts: readonly string[]): string[] {
  const certificate = certificateOf(values.get('tls.crt'));
  return certificate ? hosts.filter((host) => certificate.checkHost(host) === undefined) : [];
}

function pairFaults(name: string, values: Values, at: Date): string[] {
  const certificate = certificateOf(values.get('tls.crt'));
  const key = keyOf(values.get('tls.key'));
  const faults = [
    ...(certificate ? [] : [`${name}/tls.crt: is no certificate; expected PEM, the server's own first`]),
    ...(key ? [] : [`${name}/tls.key: is no private key; expected PEM without a passphrase`]),
  ];
  if (!certificate || !key) return faults;
  if (!certificate.checkPrivateKey(key)) {
    return [`${name}/tls.key: is not the key of ${name}/tls.crt; expected the two that were made together`];
  }
  if (at > new Date(certificate.validTo)) {
    return [`${name}/tls.crt: ended on ${certificate.validTo}; expected a certificate that is valid`];
  }
  return [];
}

function certificateOf(value: Buffer | undefined): X509Certificate | undefined {
  try {
    return value && new X509Certificate(value);
  } catch {
    return undefined;
  }
}

function keyOf(value: Buffer | undefined): KeyObject | undefined {
  try {
    return value && createPrivateKey(value);
  } catch {
    return undefined;
  }
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
