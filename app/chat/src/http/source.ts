import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request comes from our own page: another site's page must neither log anybody in nor open a socket with our visitor's cookie
 * (OWASP Cross-Site Request Forgery Prevention, WebSocket Security). Origin where there is one; Sec-Fetch-Site, which browsers send over TLS
 * and to localhost; else Referer, for polling over plain HTTP. A request that says nothing of its source is refused.
 */
export function isFromOurPage(headers: IncomingHttpHeaders, origins: ReadonlySet<string>): boolean {
  const { origin, referer } = headers;
  const site = headers['sec-fetch-site'];
  if (origin !== undefined && !origins.has(origin)) return false;
  if (site !== undefined) return site === 'same-origin';
  return (
    origin !== undefined || (referer !== undefined && URL.canParse(referer) && origins.has(new URL(referer).origin))
  );
}
