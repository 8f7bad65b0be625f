import { request } from 'node:http';
import { Refusal } from '../../../../app/chat/src/refusal';
import { ORIGIN, runChat, type TestChat } from '../../../support/chat';

jest.setTimeout(30_000);

let chat: TestChat;
beforeAll(async () => {
  chat = await runChat();
});

/** A request as it is written, which `fetch` would tidy up. */
const ask = (method: string, path: string, headers: Record<string, string> = {}, body = '') =>
  new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const options = { method, path, headers: { origin: ORIGIN, ...headers }, agent: false };
    const asked = request(chat.url, options, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, body: Buffer.concat(chunks).toString() }));
    });
    asked.on('error', reject);
    asked.end(body);
  });

const json = { 'content-type': 'application/json' };

describe('every failure', () => {
  it.each<[string, number, string, Parameters<typeof ask>]>([
    ['a path that there is not', 404, 'not-found', ['GET', '/nothing']],
    ['a path that is none', 400, 'invalid', ['GET', '/%']],
    ['a path with a broken code', 400, 'invalid', ['GET', '/rooms/%E0%A4%A/messages']],
    ['a method that there is not', 404, 'not-found', ['PUT', '/rooms']],
    ['a body that is no JSON', 400, 'invalid', ['POST', '/login', json, '{']],
    ['no body', 400, 'invalid', ['POST', '/login', json]],
    ['a body of another type', 415, 'invalid', ['POST', '/login', { 'content-type': 'text/xml' }, '<a/>']],
    [
      'a body that is too large',
      413,
      'invalid',
      ['POST', '/login', json, JSON.stringify({ name: 'x'.repeat(17_001) })],
    ],
    ['a body that would change prototypes', 400, 'invalid', ['POST', '/login', json, '{"__proto__":{"admin":1}}']],
    ['a file outside of the page', 403, 'invalid', ['GET', '/../../package.json']],
    ['the same, encoded', 403, 'invalid', ['GET', '/..%2f..%2fpackage.json']],
  ])('%s is %d %s in the one form', async (_, status, code, words) => {
    const answer = await ask(...words);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      status,
      { error: { code, message: expect.any(String) } },
    ]);
  });

  it('says nothing of what failed inside, and asks to come back', async () => {
    const find = jest.spyOn(chat.chat.sessions, 'find').mockRejectedValue(new Error('hush: 10.0.0.7 refused'));
    const visitor = chat.visitor();
    visitor.cookie = 'chat=x';
    const { status, headers, body } = await visitor.get('/me');
    find.mockRestore();
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('1');
    expect(body.error).toMatchObject({ code: 'unavailable', retryAfterMs: 1_000 });
    expect(JSON.stringify(body)).not.toContain('hush');
  });

  it('says how many seconds to wait, rounded up', async () => {
    const find = jest.spyOn(chat.chat.sessions, 'find').mockRejectedValue(new Refusal('too-many', 'Slowly.', 1_001));
    const visitor = chat.visitor();
    visitor.cookie = 'chat=x';
    const { status, headers } = await visitor.get('/me');
    find.mockRestore();
    expect([status, headers.get('retry-after')]).toEqual([429, '2']);
  });
});
