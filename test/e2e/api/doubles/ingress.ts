import { writeFileSync } from 'node:fs';
import { createServer as createHttp, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { ADDRESS, RUN } from '../harness/addresses';

/** File of the authority that signed for the double; `NODE_EXTRA_CA_CERTS` of a command that calls it. */
export const INGRESS_AUTHORITY = join(RUN, 'ingress.crt');

/** Double of an ingress controller: what a smoke test reaches. */
export interface Ingress {
  /** Paths that were asked for, with their hosts: `chat.internal/ready`. */
  readonly asked: readonly string[];
  /** Answers with another status from now on; default 200. */
  answer(status: number): void;
  /** Does something before the next request is answered. @returns when that is done. */
  meanwhile(work: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** @param addresses of the environment's smoke test; their names lead here by /etc/hosts. */
export async function startIngress(addresses: readonly string[]): Promise<Ingress> {
  const asked: string[] = [];
  let status = 200;
  let meanwhile: (() => Promise<void>) | undefined;
  const urls = addresses.map((address) => new URL(address));
  const pair = await certificateFor(urls.map(({ hostname }) => hostname));
  const servers: Server[] = [];
  for (const { protocol, hostname, port } of urls) {
    const serve = async (
      request: { headers: { host?: string }; url?: string },
      response: { writeHead(n: number): { end(text: string): void } },
    ) => {
      asked.push(`${request.headers.host}${request.url}`);
      const work = meanwhile;
      meanwhile = undefined;
      await work?.();
      response.writeHead(status).end('');
    };
    const server = protocol === 'https:' ? createHttps(pair, serve) : createHttp(serve);
    const host = hostname.startsWith('127.0.0.1') ? '127.0.0.1' : ADDRESS.balancer;
    const number = Number(port) || (protocol === 'https:' ? 443 : 80);
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(number, host, resolve));
    servers.push(server);
  }
  return {
    asked,
    answer: (next) => {
      status = next;
    },
    meanwhile: (work) =>
      new Promise((resolve, reject) => {
        meanwhile = () => work().then(resolve, reject);
      }),
    stop: async () => {
      for (const server of servers) server.closeAllConnections();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** A certificate that signs itself, kept where a command can be told to believe it. */
async function certificateFor(names: readonly string[]): Promise<{ cert: string; key: string }> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'ingress double' }], {
    keyType: 'ec',
    // Dates are rounded to whole seconds: now could become the future.
    notBeforeDate: new Date(Date.now() - 60_000),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
    ],
  });
  writeFileSync(INGRESS_AUTHORITY, cert);
  return { cert, key };
}
