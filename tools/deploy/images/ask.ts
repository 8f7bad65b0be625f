import { isIP } from 'node:net';
import { Refused } from '../../parse/parse';

/** Milliseconds until a request counts as unanswered. */
const PATIENCE = 15_000;
const REDIRECTS = 5;
const HUB = 'registry-1.docker.io';

const isLoopback = (hostname: string): boolean => hostname === 'localhost' || /^127(\.\d+){3}$/.test(hostname);

/** Where a registry's API is: https everywhere but on this machine. */
export function originOf(host: string): URL {
  const name = host === 'docker.io' ? HUB : host;
  return new URL(`${isLoopback(name.replace(/:\d+$/, '')) ? 'http' : 'https'}://${name}`);
}

/** Whether a host may send us there: never from https to plain http, and to plain http on this machine alone. */
export const mayLeadTo = (from: URL, to: URL): boolean =>
  to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:' && isLoopback(to.hostname));

/**
 * Whether credentials for a registry are for its token service, too: the same host, or a neighbour below the
 * registry's own domain (`auth.docker.io` of `registry-1.docker.io`, `gitlab.example.com` of `registry.gitlab.example.com`).
 */
export function isSameHouse(hostname: string, registry: string): boolean {
  if (hostname === registry || hostname.endsWith(`.${registry}`)) return true;
  const domain = registry.slice(registry.indexOf('.') + 1);
  return isIP(registry) === 0 && domain.includes('.') && (hostname === domain || hostname.endsWith(`.${domain}`));
}

/** A request that is not redirected. @throws Refused where nobody answers. */
export async function send(host: string, url: URL, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE), ...request });
  } catch (error) {
    const { name, cause } = error as Error;
    const { code, message } = (cause ?? {}) as NodeJS.ErrnoException;
    const why = name === 'TimeoutError' ? `nothing for ${PATIENCE / 1000} s` : (code ?? message ?? name);
    const next = /CERT|SELF_SIGNED|UNABLE_TO/.test(why)
      ? 'expected a certificate that this machine trusts; one of your own: NODE_EXTRA_CA_CERTS=<file>'
      : 'expected a registry that this machine reaches';
    throw new Refused([`${host}: ${url.host === host ? '' : `${url.host} `}does not answer (${why}); ${next}`]);
  }
}

/**
 * Asks for a manifest, wherever redirects lead; the authorization stays with the host that it is for.
 * @returns the answer, and who gave it.
 */
export async function ask(
  method: 'HEAD' | 'GET',
  start: URL,
  host: string,
  { accept, authorization }: { readonly accept: string; readonly authorization: string | undefined },
): Promise<{ readonly response: Response; readonly url: URL }> {
  let url = start;
  for (let hops = 0; hops <= REDIRECTS; hops++) {
    const isOurs = authorization !== undefined && url.origin === start.origin;
    const response = await send(host, url, { method, headers: { accept, ...(isOurs && { authorization }) } });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return { response, url };
    await response.body?.cancel();
    if (!URL.canParse(location, url.href) || !mayLeadTo(url, new URL(location, url))) {
      throw new Refused([`${host}: redirects ${url.origin} to ${JSON.stringify(location)}; expected an https address`]);
    }
    url = new URL(location, url);
  }
  throw new Refused([`${host}: redirects more than ${REDIRECTS} times; expected an answer`]);
}
