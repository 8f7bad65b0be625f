import { createHash } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fetchChecksum } from '../../../cluster/pins/fetch';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the checksum of a file', () => {
  it('is that of every byte that the server sends, in however many pieces', async () => {
    const parts = ['one ', 'two ', 'three\n'];
    const url = await serve((_, response) => {
      for (const part of parts) response.write(part);
      response.end();
    });
    expect(await fetchChecksum(url)).toBe(createHash('sha256').update(parts.join('')).digest('hex'));
  });

  it('is of what a redirect leads to: releases lie elsewhere', async () => {
    const target = await serve((_, response) => response.end('file'));
    const url = await serve((_, response) => response.writeHead(302, { location: target }).end('not this'));
    expect(await fetchChecksum(url)).toBe(createHash('sha256').update('file').digest('hex'));
  });

  it('is never that of an error page', async () => {
    const url = await serve((_, response) => response.writeHead(404).end('no such release'));
    await expect(fetchChecksum(url)).rejects.toThrow('was answered with 404 Not Found');
  });

  it('is never that of half a file', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    await expect(fetchChecksum(url)).rejects.toThrow();
  });

  it('is refused with the reason where nobody answers', async () => {
    const url = await serve((_, response) => response.end());
    servers.pop()?.close();
    await expect(fetchChecksum(url)).rejects.toThrow(/ECONNREFUSED/);
  });
});
