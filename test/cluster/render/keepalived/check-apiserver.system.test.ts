import type { RequestListener } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import execa from 'execa';
import { generate } from 'selfsigned';

const SCRIPT = join(__dirname, '../../../../cluster/render/keepalived/check-apiserver.sh');

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** An API server with a certificate that nobody knows. */
async function listen(answer: RequestListener): Promise<string> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'api' }], { keyType: 'ec' });
  const server = createServer({ key, cert }, answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const check = (...balancers: string[]) => execa('sh', [SCRIPT, ...balancers], { reject: false });
const ready: RequestListener = ({ url }, response) => response.writeHead(url === '/readyz' ? 200 : 404).end();

describe('the check of the API by hand', () => {
  it('says that the API is ready through each balancer', async () => {
    const [local, shared] = [await listen(ready), await listen(ready)];
    const { exitCode, stdout } = await check(local, shared);
    expect([exitCode, stdout]).toEqual([0, `${local}: ready\n${shared}: ready`]);
  });

  it('fails where one of them answers with an error, and asks the others nevertheless', async () => {
    const broken = await listen((_, response) => response.writeHead(500).end());
    const sound = await listen(ready);
    const { exitCode, stdout } = await check(broken, sound);
    expect([exitCode, stdout]).toEqual([1, `${broken}: not ready\n${sound}: ready`]);
  });

  it('fails where one of them is silent', async () => {
    const { exitCode, stderr } = await check(await listen(() => undefined));
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('timed out after 2')]);
  });
});
