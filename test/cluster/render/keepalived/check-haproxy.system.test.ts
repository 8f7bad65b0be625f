import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import execa from 'execa';

const SCRIPT = join(__dirname, '../../../../cluster/render/keepalived/check-haproxy.sh');

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`;
}

const check = async (url: string, env = {}): Promise<number> =>
  (await execa('sh', [SCRIPT, url], { reject: false, env })).exitCode;

describe('the check of HAProxy', () => {
  it('passes where it answers', async () => {
    expect(await check(await listen((_, response) => response.end()))).toBe(0);
  });

  it.each([503, 500, 404])('fails where it answers %s', async (status) => {
    expect(await check(await listen((_, response) => response.writeHead(status).end()))).not.toBe(0);
  });

  it('fails where nobody listens', async () => {
    const url = await listen(() => undefined);
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    expect(await check(url)).not.toBe(0);
  });

  it('fails before keepalived would end it, where HAProxy is silent', async () => {
    // 28: curl's limit, not a signal of somebody else.
    expect(await check(await listen(() => undefined))).toBe(28);
  });

  it('asks no proxy', async () => {
    const url = await listen((_, response) => response.end());
    expect(await check(url, { http_proxy: 'http://127.0.0.1:9' })).toBe(0);
  });
});
