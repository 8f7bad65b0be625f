import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a manifest's kinds are called; a reader that does not name them gets something else, or nothing. */
const INDEX = 'application/vnd.oci.image.index.v1+json';
const KINDS = [
  INDEX,
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

export interface Asked {
  readonly method: string | undefined;
  readonly path: string;
  readonly authorization: string | undefined;
}

export interface FakeRegistry {
  /** `127.0.0.1:port`, as references have it. */
  readonly host: string;
  readonly asked: readonly Asked[];
  close(): void;
}

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

const servers: FakeRegistry[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A server on this machine that writes down what it is asked; it goes with the test. */
export async function listen(answer: Answer): Promise<FakeRegistry> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const { method, url = '', headers } = request;
    asked.push({ method, path: url, authorization: headers.authorization });
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => answer(request, response, body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  const fake = { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close };
  servers.push(fake);
  return fake;
}

/** The manifest that every fake registry has as `team/chat:1`, and its digest. */
export const MANIFEST = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [] });
export const DIGEST = `sha256:${createHash('sha256').update(MANIFEST).digest('hex')}`;

/** What the specification has a registry answer that has `team/chat:1` and lets everybody in. */
export function manifests({ tellsDigest = true, knowsHead = true } = {}): Answer {
  return ({ method, url = '', headers }, response) => {
    const [, path, reference] = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(url) ?? [];
    const accepted = String(headers.accept).split(/, */);
    if (!KINDS.every((kind) => accepted.includes(kind))) return void response.writeHead(406).end();
    if (method === 'HEAD' && !knowsHead) return void response.writeHead(405).end();
    if (path !== 'team/chat' || !['1', DIGEST].includes(reference ?? '')) return void response.writeHead(404).end();
    response.writeHead(200, {
      'content-type': INDEX,
      'content-length': MANIFEST.length,
      ...(tellsDigest && { 'docker-content-digest': DIGEST }),
    });
    response.end(method === 'HEAD' ? undefined : MANIFEST);
  };
}

/** The same behind a lock: whoever does not bring this in `Authorization` gets the challenge. */
export const locked =
  (key: string, challenge: string | (() => string), answer = manifests()): Answer =>
  (request, response, body) => {
    if (request.headers.authorization === key) return answer(request, response, body);
    response.writeHead(401, { 'www-authenticate': typeof challenge === 'string' ? challenge : challenge() }).end();
  };

export const basicKey = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
