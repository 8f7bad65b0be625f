import { randomBytes } from 'node:crypto';
import type { ManifestSet } from '../../manifests/manifest-set';
import { Refused } from '../../parse/parse';
import type { ContractSecret } from '../../render/inventory';
import type { Given } from './given';

/** Bytes of randomness of a value; 43 characters of base64url, all of which a URL and a shell leave alone. */
const BYTES = 32;
/** Days for which a certificate is valid; browsers refuse more than 398 even of one that somebody trusts by hand. */
const DAYS = 397;

/**
 * Values for keys that nobody gave and that are nowhere: random ones, and certificates that sign themselves.
 * @param missing keys of each Secret that need one.
 * @throws Refused where only its owner can know it.
 */
export async function generate(
  missing: readonly { readonly secret: ContractSecret; readonly keys: readonly string[] }[],
  workloads: ManifestSet,
): Promise<Given[]> {
  const faults: string[] = [];
  const given: Given[] = [];
  for (const { secret, keys } of missing) {
    const { name, type } = secret;
    if (type === 'Opaque') {
      for (const key of keys) given.push(generated(name, key, randomBytes(BYTES).toString('base64url')));
    } else if (type !== 'kubernetes.io/tls') {
      faults.push(`${name}: of type ${type} cannot be generated; expected the registry's own from you`);
    } else if (keys.length < Object.keys(secret.keys).length) {
      faults.push(
        `${name}: lacks ${keys.join(' and ')} alone, and certificate and key are made together; expected it from you`,
      );
    } else {
      const hosts = hostsOf(workloads, name);
      if (hosts.length > 0) given.push(...(await certificate(name, hosts)));
      else faults.push(`${name}: no Ingress says for which names it is; expected the certificate from you`);
    }
  }
  if (faults.length > 0) throw new Refused(faults);
  return given;
}

/** Names under which browsers reach what a TLS Secret is for. */
export const hostsOf = (workloads: ManifestSet, secret: string): string[] => [
  ...new Set(
    workloads
      .all('Ingress')
      .flatMap(({ spec }) => spec?.tls ?? [])
      .filter(({ secretName }) => secretName === secret)
      .flatMap(({ hosts }) => hosts ?? []),
  ),
];

async function certificate(name: string, hosts: readonly string[]): Promise<Given[]> {
  const { generate: sign }: typeof import('selfsigned') = require('selfsigned');
  const pair = await sign([{ name: 'commonName', value: 'slipway, self-signed' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // Dates are rounded to whole seconds: now could become the future.
    notBeforeDate: new Date(Date.now() - 60_000),
    notAfterDate: new Date(Date.now() + DAYS * 24 * 3_600_000),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
    ],
  });
  return [generated(name, 'tls.crt', pair.cert), generated(name, 'tls.key', pair.private)];
}

const generated = (secret: string, key: string, value: string): Given => ({
  secret,
  key,
  value: Buffer.from(value),
  from: 'generated',
});
