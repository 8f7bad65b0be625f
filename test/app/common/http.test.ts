import pino from 'pino';
import { createHttp, createLog } from '../../../app/common/src/http';
import { Readiness } from '../../../app/common/src/readiness';

async function start({ proxyHops = 0 } = {}) {
  const readiness = new Readiness([]);
  const http = await createHttp({ log: createLog('test', 'silent'), readiness, proxyHops });
  http.get('/ip', async ({ ip }) => ip);
  return { http, readiness };
}

describe('the headers of every answer', () => {
  it('let a page load from its own host alone, and nobody frame it', async () => {
    const { http } = await start();
    const { headers } = await http.inject('/health');
    expect(String(headers['content-security-policy']).split(';').sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "img-src 'self' data:",
      "manifest-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
    ]);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-frame-options': 'SAMEORIGIN',
    });
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d{8}$/);
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('stand on what is not found as well', async () => {
    const { http } = await start();
    const answer = await http.inject('/nothing');
    expect(answer.statusCode).toBe(404);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });
});

describe('/health', () => {
  it('answers while the event loop does, ready or not', async () => {
    const { http, readiness } = await start();
    readiness.drain();
    const { statusCode, body } = await http.inject('/health');
    expect([statusCode, body]).toEqual([200, '{"alive":true}']);
  });
});

describe('/ready', () => {
  it('says why not', async () => {
    const { http, readiness } = await start();
    const ask = async () => {
      const { statusCode, body } = await http.inject('/ready');
      return [statusCode, JSON.parse(body)];
    };
    expect(await ask()).toEqual([503, { ready: false, reasons: ['starting'] }]);
    await readiness.ask();
    expect(await ask()).toEqual([200, { ready: true, reasons: [] }]);
    readiness.drain();
    expect(await ask()).toEqual([503, { ready: false, reasons: ['draining'] }]);
  });
});

describe('the address of a caller', () => {
  const forged = { 'x-forwarded-for': '203.0.113.1, 198.51.100.7' };
  it.each([
    [0, '127.0.0.1'],
    [1, '198.51.100.7'],
    [2, '203.0.113.1'],
    [3, '203.0.113.1'],
  ])('is what %d trusted proxies say, and nothing that the caller could forge', async (proxyHops, address) => {
    const { http } = await start({ proxyHops });
    expect((await http.inject({ url: '/ip', headers: forged })).body).toBe(address);
  });
});

/** A log whose lines can be read. */
function readableLog() {
  const lines: string[] = [];
  const log = createLog('test', 'info');
  Object.assign(log, { [pino.symbols.streamSym]: { write: (line: string) => lines.push(line) } });
  return { log, read: () => lines.join('') };
}

describe('the log', () => {
  it('leaves credentials out, wherever they stand', () => {
    const { log, read } = readableLog();
    log.info({
      req: { headers: { cookie: 'hush', authorization: 'hush', host: 'shown' } },
      res: { headers: { 'set-cookie': 'hush' } },
      body: { name: 'shown', password: 'hush' },
    });
    expect(read()).toContain('shown');
    expect(read()).not.toContain('hush');
    expect(read().match(/\[redacted\]/g)).toHaveLength(4);
  });

  it('says what, where and why of an error, and nothing that a driver hung on it', () => {
    const { log, read } = readableLog();
    const error = Object.assign(new TypeError('no answer'), { code: 'ETIMEDOUT', sql: 'hush', parameters: ['hush'] });
    log.warn({ err: error }, 'failed');
    expect(JSON.parse(read()).err).toEqual({
      type: 'TypeError',
      message: 'no answer',
      code: 'ETIMEDOUT',
      stack: expect.stringContaining('http.test.ts'),
    });
  });

  it('keeps what is below its level to itself', () => {
    expect(createLog('test', 'warn').isLevelEnabled('info')).toBe(false);
  });
});
