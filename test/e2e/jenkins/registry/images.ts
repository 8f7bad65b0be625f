import { createHash } from 'node:crypto';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Account } from './api';
import type { Holdings } from './holdings';

/** What ECR refuses before any registry would: code of the distribution protocol, and what it says. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const PATH = /^\/v2\/(.+?)\/(manifests|blobs)\/([^?]*)/;

/**
 * Serves images: ECR's rules first, then a real registry behind it.
 * @param port of that registry, on this machine.
 */
export const imagesOf =
  (account: Account, holdings: Holdings, port: number) =>
  async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(incoming);
    const login = holdings.login(incoming.headers.authorization);
    if (login === 'unknown') {
      response.setHeader('WWW-Authenticate', `Basic realm="https://${account.host}/",service="ecr.amazonaws.com"`);
      response.writeHead(401).end('Not Authorized');
      return;
    }
    const refusal = login === 'expired' ? EXPIRED : refuse(account, holdings, incoming, body);
    if (refusal) {
      const { status, ...error } = refusal;
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ errors: [error] }));
      return;
    }
    const status = await pass(port, incoming, body, response);
    const [, repository = '', kind, tag = ''] = PATH.exec(incoming.url ?? '') ?? [];
    if (incoming.method === 'PUT' && kind === 'manifests' && status === 201) {
      holdings.repositories.get(repository)?.tags.set(tag, digestOf(body));
    }
  };

const EXPIRED: Refusal = {
  status: 403,
  code: 'DENIED',
  message: 'Your authorization token has expired. Reauthenticate and try again.',
};

function refuse(
  account: Account,
  holdings: Holdings,
  { url = '', method = '' }: IncomingMessage,
  body: Buffer,
): Refusal | undefined {
  if (!['GET', 'HEAD', 'POST', 'PATCH', 'PUT'].includes(method)) {
    return { status: 405, code: 'UNSUPPORTED', message: `${method} is nothing that a delivery does` };
  }
  const [, name, kind, reference = ''] = PATH.exec(url) ?? [];
  if (name === undefined) return undefined;
  const repository = holdings.repositories.get(name);
  if (!repository) {
    return {
      status: 404,
      code: 'NAME_UNKNOWN',
      message: `The repository with name '${name}' does not exist in the registry with id '${account.id}'`,
    };
  }
  if (kind !== 'manifests') return undefined;
  const held = repository.tags.get(reference);
  if (method === 'PUT' && repository.immutable && held !== undefined && held !== digestOf(body)) {
    return {
      status: 400,
      code: 'TAG_INVALID',
      message: `The image tag '${reference}' already exists in the '${name}' repository and cannot be overwritten because the tag is immutable.`,
    };
  }
  const known = held !== undefined || [...repository.tags.values()].includes(reference);
  if (method === 'PUT' || known) return undefined;
  return { status: 404, code: 'MANIFEST_UNKNOWN', message: 'Requested image not found' };
}

const digestOf = (manifest: Buffer): string => `sha256:${createHash('sha256').update(manifest).digest('hex')}`;

export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part);
  return Buffer.concat(parts);
}

/** Hands a request on and its answer back. @returns the status. */
const pass = (
  port: number,
  { method, url: path, headers }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<number> =>
  new Promise((resolve, reject) => {
    const { authorization, 'transfer-encoding': chunked, ...others } = headers;
    const sent = { ...others, 'content-length': String(body.length) };
    const behind = request({ host: '127.0.0.1', port, method, path, headers: sent }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response).once('finish', () => resolve(answer.statusCode ?? 502));
    });
    behind.once('error', reject).end(body);
  });
