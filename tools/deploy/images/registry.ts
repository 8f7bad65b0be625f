/**
 * A reader of registries (OCI distribution specification 1.1): which digest a tag has, whether a digest is there.
 * Own: it asks one question, with the credentials that `docker login` left and their helpers, and gives a password to
 * no other host than the one that it is for. No client on npm that admits Node 20 was found to do that.
 */
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Refused } from '../../parse/parse';
import { ask, isSameHouse, mayLeadTo, originOf, send } from './ask';
import type { Credentials } from './credentials';

/** An index before a manifest: a tag of several architectures has the index's digest. */
const ACCEPT = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const tokens = z.looseObject({ token: z.string().optional(), access_token: z.string().optional() });

export interface Registry {
  /**
   * Digest of a manifest; undefined where the registry has none of that tag or digest.
   * @param repository registry and path: `registry.example.com/team/chat`, `docker.io/library/redis`.
   * @param reference tag or digest.
   * @throws Refused where the registry does not answer, refuses, or speaks another protocol.
   */
  digestOf(repository: string, reference: string): Promise<string | undefined>;
}

/** @param credentialsOf what to tell a host; undefined: nothing. Asked only where a registry wants to know. */
export function registryClient(credentialsOf: (host: string) => Promise<Credentials | undefined>): Registry {
  /** What each repository was opened with. */
  const opened = new Map<string, string>();

  async function manifest(method: 'HEAD' | 'GET', repository: string, reference: string): Promise<Response> {
    const slash = repository.indexOf('/');
    const [host, path] = [repository.slice(0, slash), repository.slice(slash + 1)];
    const start = new URL(`/v2/${path}/manifests/${reference}`, originOf(host));
    const first = await ask(method, start, host, { accept: ACCEPT, authorization: opened.get(repository) });
    // Whoever we were sent to may not ask for what is the sender's.
    if (first.response.status !== 401 || first.url.origin !== start.origin) return first.response;
    await first.response.body?.cancel();
    const challenge = first.response.headers.get('www-authenticate') ?? '';
    const authorization = await authorize(challenge, host, path, credentialsOf);
    opened.set(repository, authorization);
    return (await ask(method, start, host, { accept: ACCEPT, authorization })).response;
  }

  return {
    async digestOf(repository, reference) {
      const head = await manifest('HEAD', repository, reference);
      if (head.status === 404) return undefined;
      const told = head.headers.get('docker-content-digest') ?? '';
      if (head.ok && DIGEST.test(told)) return asAsked(repository, reference, told);
      // HEAD may leave the digest out, or be unknown; the bytes themselves have it.
      const whole = head.ok || head.status === 405 ? await manifest('GET', repository, reference) : head;
      if (whole.status === 404) return undefined;
      if (!whole.ok) throw refusal(repository, reference, whole);
      const bytes = Buffer.from(await whole.arrayBuffer());
      return asAsked(repository, reference, `sha256:${createHash('sha256').update(bytes).digest('hex')}`);
    },
  };
}

type CredentialsOf = Parameters<typeof registryClient>[0];

/** What the registry wants to read in `Authorization`. */
async function authorize(challenge: string, host: string, path: string, credentialsOf: CredentialsOf): Promise<string> {
  const bearer = /\bBearer\s+(.*)/i.exec(challenge)?.[1];
  if (bearer !== undefined) return `Bearer ${await fetchToken(bearer, host, path, credentialsOf)}`;
  const credentials = await credentialsOf(host);
  if (!/\bBasic\b/i.test(challenge) || !credentials || 'identityToken' in credentials) throw loginNeeded(host, path);
  return basic(credentials);
}

/** A token for pulling from one repository; anonymous where nobody logged in. */
async function fetchToken(
  challenge: string,
  host: string,
  path: string,
  credentialsOf: CredentialsOf,
): Promise<string> {
  const field = (name: string) => new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(challenge)?.[1];
  const address = field('realm') ?? '';
  const origin = originOf(host);
  if (!URL.canParse(address) || !mayLeadTo(origin, new URL(address))) {
    throw new Refused([`${host}: names ${JSON.stringify(address)} for its tokens; expected an https address`]);
  }
  const realm = new URL(address);
  const owner = isSameHouse(realm.hostname, origin.hostname) ? host : realm.host;
  const credentials = await credentialsOf(owner);
  const wanted: [string, string][] = [
    ['service', field('service') ?? host],
    // Pulling is all that is asked for, whatever the registry suggests.
    ['scope', `repository:${path}:pull`],
  ];
  const response = await send(host, ...tokenRequest(realm, wanted, credentials));
  if (response.status === 401 || response.status === 403) throw loginNeeded(owner, path);
  const { token, access_token } = tokens.catch({}).parse(await response.json().catch(() => undefined));
  const given = token ?? access_token;
  if (!response.ok || given === undefined) {
    throw new Refused([
      `${host}: ${realm.origin} gave no token (code ${response.status}); expected {"token": …}. Try again later`,
    ]);
  }
  return given;
}

function tokenRequest(
  realm: URL,
  wanted: [string, string][],
  credentials: Credentials | undefined,
): [URL, RequestInit] {
  if (credentials && 'identityToken' in credentials) {
    const grant: [string, string][] = [
      ['grant_type', 'refresh_token'],
      ['client_id', 'slipway'],
      ['refresh_token', credentials.identityToken],
    ];
    return [realm, { method: 'POST', body: new URLSearchParams([...wanted, ...grant]) }];
  }
  const url = new URL(realm);
  for (const [name, value] of wanted) url.searchParams.set(name, value);
  return [url, credentials ? { headers: { authorization: basic(credentials) } } : {}];
}

const basic = ({ username, password }: Extract<Credentials, { password: string }>): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** @throws Refused where what was asked for by digest has another one. */
function asAsked(repository: string, reference: string, digest: string): string {
  if (!DIGEST.test(reference) || reference === digest) return digest;
  throw new Refused([`${repository}@${reference}: the registry answers with ${digest}; expected what was asked for`]);
}

const loginNeeded = (host: string, path: string): Refused =>
  new Refused([
    `${host}: lets nobody read ${path} without credentials, or not with those that it was given; log in: docker login ${host === 'docker.io' ? '' : host}`.trimEnd(),
  ]);

function refusal(repository: string, reference: string, { status, headers }: Response): Refused {
  const host = repository.slice(0, repository.indexOf('/'));
  if (status === 401 || status === 403) return loginNeeded(host, repository.slice(host.length + 1));
  const wait = headers.get('retry-after');
  const next =
    status === 429 ? `too many requests; try again ${wait ? `in ${wait} s` : 'later'}` : 'expected a manifest';
  return new Refused([`${repository}:${reference}: the registry answers with code ${status}; ${next}`]);
}
