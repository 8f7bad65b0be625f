import { addPage } from '../../../../app/chat/src/http/page';
import { createHttp, createLog } from '../../../../app/common/src/http';
import { Readiness } from '../../../../app/common/src/readiness';
import { PAGE, pageFolder } from '../../../support/chat';
import { temporaryFolder } from '../../../support/copy';

async function serve(folder: string) {
  const http = await createHttp({ log: createLog('test', 'silent'), readiness: new Readiness([]), proxyHops: 0 });
  await addPage(http, folder);
  return http;
}

describe('the page', () => {
  it('is at the root, and asked for again each time: it names the newest assets', async () => {
    const { body, headers } = await (await serve(pageFolder())).inject('/');
    expect(body).toBe(PAGE);
    expect(headers['content-type']).toContain('text/html');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers['content-security-policy']).toContain("script-src 'self'");
  });

  it('has assets that browsers may keep for ever', async () => {
    const { statusCode, headers } = await (await serve(pageFolder())).inject('/assets/main-ABCDEFGH.js');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toContain('javascript');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it('has nothing beside: no list of files, no folder above', async () => {
    const http = await serve(pageFolder());
    for (const path of [
      '/assets',
      '/assets/',
      '/main.js',
      '/.env',
      '/assets/../../x',
      '/assets/%2e%2e/%2e%2e/etc/passwd',
    ]) {
      expect([path, (await http.inject(path)).statusCode]).toEqual([path, 404]);
    }
  });

  it('stops the start where it was not built, and says how to build it', async () => {
    const folder = temporaryFolder();
    await expect(serve(folder)).rejects.toThrow(
      `${folder}: holds no index.html; expected the built page. Run: npm run build -w app/chat`,
    );
  });
});
