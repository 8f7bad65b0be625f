import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import execa from 'execa';
import { temporaryFolder } from '../support/copy';

/** A place that tools are downloaded from: HTTPS on loopback, with a certificate of its own. */
export interface Vendor {
  /** Where it listens; known when tests run. */
  address: string;
  /** What it has, by path; what is not there is answered with 404. */
  readonly files: Map<string, Buffer | string>;
  /** Certificate to trust: curl takes it as CURL_CA_BUNDLE. */
  readonly authority: string;
}

export const sha256 = (content: Buffer | string): string => createHash('sha256').update(content).digest('hex');

/** One that is there while the tests of a file run. */
export function useVendor(): Vendor {
  const folder = temporaryFolder();
  const [key, authority] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const vendor: Vendor = { address: '', files: new Map(), authority };
  let server: Server;
  beforeAll(async () => {
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1'];
    const who = ['-subj', '/CN=vendor', '-addext', 'subjectAltName=IP:127.0.0.1'];
    await execa('openssl', ['req', ...kind, ...who, '-keyout', key, '-out', authority]);
    server = createServer({ key: readFileSync(key), cert: readFileSync(authority) }, (request, response) => {
      const content = vendor.files.get(request.url ?? '');
      response.writeHead(content === undefined ? 404 : 200).end(content);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    vendor.address = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  return vendor;
}
