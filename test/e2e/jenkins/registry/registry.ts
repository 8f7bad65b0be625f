import { mkdtempSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { join } from 'node:path';
import execa, { type ExecaChildProcess } from 'execa';
import { generate } from 'selfsigned';
import { ADDRESS, RUN } from '../../api/harness/addresses';
import { type Account, operationsOf, ServiceError } from './api';
import { Holdings } from './holdings';
import { imagesOf, readBody } from './images';
import { type AccessKey, refuseSignature } from './signature';

/** Whose registry the filled-in checkouts name. */
const ACCOUNT: Account = {
  id: '210987654321',
  region: 'eu-central-1',
  host: '210987654321.dkr.ecr.eu-central-1.amazonaws.com',
};
/** Where the AWS CLI asks for a token and for repositories. */
const API = `api.ecr.${ACCOUNT.region}.amazonaws.com`;

/** Double of Amazon ECR: AWS's API, and the images, each under its own name; /etc/hosts leads both here. */
export interface Registry {
  /** `<account>.dkr.ecr.<region>.amazonaws.com` */
  readonly host: string;
  /** File of who signed for both names, PEM. */
  readonly authority: string;
  /** Everything that was asked, in order: `GetAuthorizationToken`, `HEAD /v2/chat/manifests/4f1c2a9`. */
  readonly asked: readonly string[];
  /** What of it changed something. */
  readonly writes: readonly string[];
  /** Digest of each tag of each repository. */
  images(): Promise<Readonly<Record<string, Readonly<Record<string, string>>>>>;
  /** Every token that was given out is too old from now on. */
  expireTokens(): void;
  stop(): Promise<void>;
}

/** @param key that calls have to be signed with. */
export async function startRegistry(key: AccessKey): Promise<Registry> {
  const folder = mkdtempSync(join(RUN, 'registry-'));
  const holdings = new Holdings();
  const operations = operationsOf(ACCOUNT, holdings);
  const { program, port } = await serveImages();
  const images = imagesOf(ACCOUNT, holdings, port);
  const asked: string[] = [];
  const writes: string[] = [];

  const answerApi = async (incoming: IncomingMessage, response: ServerResponse) => {
    const body = (await readBody(incoming)).toString();
    const { status, answer } = answerCall(incoming, body);
    response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
  };
  const answerCall = ({ method, headers }: IncomingMessage, body: string) => {
    const [, name = ''] = /^AmazonEC2ContainerRegistry_V20150921\.(\w+)$/.exec(String(headers['x-amz-target'])) ?? [];
    asked.push(name || `${method} ${headers['x-amz-target']}`);
    const unsigned = refuseSignature({ headers, body }, key, ACCOUNT.region);
    if (unsigned) return refused(unsigned, 'The request signature does not match, or has no known key');
    const operation = operations[name];
    if (!operation) return refused('UnknownOperationException', `${name}: no script of ours calls it`);
    try {
      const answer = operation(JSON.parse(body));
      if (name.startsWith('Create')) writes.push(`${name} ${JSON.parse(body).repositoryName}`);
      return { status: 200, answer };
    } catch (error) {
      if (error instanceof ServiceError) return refused(error.type, error.message);
      throw error;
    }
  };
  const answerImages = async (incoming: IncomingMessage, response: ServerResponse) => {
    const line = `${incoming.method} ${incoming.url}`;
    asked.push(line);
    await images(incoming, response);
    if (!/^(GET|HEAD) /.test(line) && response.statusCode < 300) writes.push(line);
  };

  const { cert, private: privateKey } = await certificateFor([ACCOUNT.host, API]);
  const authority = join(folder, 'authority.crt');
  writeFileSync(authority, cert);
  const server = createHttps({ cert, key: privateKey }, (incoming, response) => {
    const answer = { [API]: answerApi, [ACCOUNT.host]: answerImages }[incoming.headers.host ?? ''];
    if (!answer) response.writeHead(421).end();
    else answer(incoming, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(443, ADDRESS.registry, resolve));

  return {
    host: ACCOUNT.host,
    authority,
    asked,
    writes,
    images: async () =>
      Object.fromEntries([...holdings.repositories].map(([name, { tags }]) => [name, Object.fromEntries(tags)])),
    expireTokens: () => holdings.expireTokens(),
    stop: async () => {
      program.kill('SIGKILL');
      await program;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const refused = (type: string, message: string) => ({ status: 400, answer: { __type: type, message } });

/** Starts the registry that keeps the images, in its memory, on a port of this machine. */
async function serveImages(): Promise<{ program: ExecaChildProcess; port: number }> {
  const program = execa('crane', ['registry', 'serve', '--address', '127.0.0.1:0'], { reject: false });
  const port = await new Promise<number>((resolve, reject) => {
    program.stderr?.on('data', (text: Buffer) => {
      const [, number] = /serving on port (\d+)/.exec(String(text)) ?? [];
      if (number) resolve(Number(number));
    });
    void program.then(({ stderr }) => reject(new Error(`crane registry serve ended: ${stderr}`)));
  });
  return { program, port };
}

/** A certificate that signs itself. */
const certificateFor = (names: readonly string[]) =>
  generate([{ name: 'commonName', value: 'registry double' }], {
    keyType: 'ec',
    // Dates are rounded to whole seconds: now could become the future.
    notBeforeDate: new Date(Date.now() - 60_000),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'subjectAltName', altNames: names.map((value) => ({ type: 2, value })) },
    ],
  });
