import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readChecksums, writeChecksums } from '../../../cluster/pins/file';
import { pinChecksums } from '../../../cluster/pins/pin';
import { temporaryFolder } from '../../support/copy';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let server: Server;
let origin: string;
let asked: string[];
beforeEach(async () => {
  asked = [];
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
  server = createServer(({ url = '' }, response) => {
    asked.push(url);
    if (url === '/missing') response.writeHead(404);
    response.end(url);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  jest.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

/** A file that holds these checksums, by path on the server. */
function fileWith(sums: Record<string, string>): string {
  const file = join(temporaryFolder(), 'checksums.json');
  writeChecksums(Object.fromEntries(Object.entries(sums).map(([path, sum]) => [origin + path, sum])), file);
  return file;
}

describe('pinning', () => {
  it('fetches what has no checksum, and leaves what has one alone', async () => {
    const file = fileWith({ '/known': 'a'.repeat(64) });
    expect(await pinChecksums([`${origin}/known`, `${origin}/new`], { again: false, file })).toEqual([]);
    expect(readChecksums(file)).toEqual({ [`${origin}/known`]: 'a'.repeat(64), [`${origin}/new`]: sha256('/new') });
    expect(asked).toEqual(['/new']);
  });

  it('keeps what was had when something else was not', async () => {
    const file = fileWith({});
    expect(await pinChecksums([`${origin}/missing`, `${origin}/new`], { again: false, file })).toEqual([
      `${origin}/missing: was answered with 404 Not Found; expected the file. Run this again where it can be reached`,
    ]);
    expect(readChecksums(file)).toEqual({ [`${origin}/new`]: sha256('/new') });
  });

  it('forgets what nothing fetches any more', async () => {
    const file = fileWith({ '/old': 'a'.repeat(64) });
    await pinChecksums([], { again: false, file });
    expect(readChecksums(file)).toEqual({});
  });

  it('holds released files against what they were, where it is asked to, and changes nothing then', async () => {
    const file = fileWith({ '/same': sha256('/same'), '/other': 'a'.repeat(64) });
    const faults = await pinChecksums([`${origin}/other`, `${origin}/same`], { again: true, file });
    expect(faults).toEqual([
      `${origin}/other: sha256 is ${sha256('/other')} now; expected ${'a'.repeat(64)}, which was obtained before. Ask the project why a released file changed`,
    ]);
    expect(readChecksums(file)[`${origin}/other`]).toBe('a'.repeat(64));
  });
});
