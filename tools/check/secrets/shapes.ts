/** Secrets that are known by their shape, in any string of any object. */
import type { Check } from '../check';
import { hidden } from './credential';
import { HASHES, KEYS, REGISTRY_LOGINS, type Shape, TOKENS, URLS } from './patterns';
import { textsOf } from './texts';

const check = (shapes: readonly Shape[], right: string, described: Omit<Check, 'judge'>): Check => ({
  ...described,
  judge: ({ set, report }) => {
    // Most texts of manifests are the same few labels over and over.
    const known = new Map<string, readonly string[]>();
    for (const object of set.objects) {
      for (const { path, text } of textsOf(object)) {
        const found =
          known.get(text) ??
          shapes.flatMap(({ name, find }) => [...find(text)].map((secret) => `holds ${name}, ${hidden(secret)}`));
        known.set(text, found);
        for (const wrong of found) report(object, path, wrong, right);
      }
    }
  },
});

const BASE64 = 'Base64 is decoded; what is encrypted or compressed is not seen.';

export const urls = check(URLS, 'the address alone, and the password from a Secret', {
  id: 'secrets/url',
  what: 'No URL or data source name carries a password: not before the host, not among its parameters.',
  why: 'Addresses are printed by every client that fails to connect.',
  exempt: `Public test accounts; say whose. ${BASE64}`,
});

export const privateKeys = check(KEYS, 'a volume from a Secret', {
  id: 'secrets/private-key',
  what: 'No string holds a private key: PEM of any kind, encrypted or not, OpenSSH, PGP, PuTTY, age. Certificates and public keys are welcome.',
  why: 'Who has read it once is the service for as long as its certificate lives.',
  exempt: `Never; a key that was committed is to be replaced. ${BASE64}`,
});

export const tokens = check(TOKENS, 'a file or a secretKeyRef from a Secret of the contract', {
  id: 'secrets/token',
  what: 'No string holds a token of a known form: AWS, GitHub, GitLab, Slack, Google, npm, PyPI, Stripe and others, JSON web tokens, Authorization headers.',
  why: 'Scanners look for these forms in every public repository, within minutes.',
  exempt: `Sample tokens of a vendor's documentation; name the page. Forms that no list knows pass. ${BASE64}`,
});

export const passwordHashes = check(HASHES, 'a volume from a Secret', {
  id: 'secrets/password-hash',
  what: 'No string holds the hash of a password: htpasswd, crypt, bcrypt, argon2, LDAP, PostgreSQL, MySQL, Redis.',
  why: 'A short password is found from its hash in hours; several of these need no guessing at all to log in.',
  exempt: `A hash that is locked on purpose; say that no password has it. ${BASE64}`,
});

export const registryLogins = check(REGISTRY_LOGINS, 'an imagePullSecret of the contract', {
  id: 'secrets/docker-config',
  what: 'No string holds the login of a registry: docker config JSON with auth, or an identity token. A config that names helpers only is none.',
  why: 'It reads every image, and often writes them: what the cluster runs tomorrow.',
  exempt: `Anonymous logins that a registry documents; name the page. ${BASE64}`,
});
