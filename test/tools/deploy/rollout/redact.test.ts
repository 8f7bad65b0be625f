import fc from 'fast-check';
import { REDACTED, redactor } from '../../../../tools/deploy/rollout/redact';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const CANARY = 'c4n/ry+P&ss"w\\rd é!';
const redact = redactor([Buffer.from(CANARY), Buffer.from('first line of a key\nsecond line of it\n')]);

describe('a value of a Secret is taken out', () => {
  it.each([
    ['as it is', CANARY],
    ['within a word', `x${CANARY}x`],
    ['quoted', JSON.stringify({ a: CANARY })],
    ['in base64', base64(CANARY)],
    ['in base64 for URLs', Buffer.from(CANARY).toString('base64url')],
    ['in base64 of something longer', base64(`{"user":"chat","x":"${CANARY}"}`)],
    ['in a URL', `redis://chat:${encodeURIComponent(CANARY)}@redis`],
    ['in a URL, with small digits', encodeURIComponent(CANARY).replace(/%../g, (code) => code.toLowerCase())],
    ['in a form', new URLSearchParams({ a: CANARY }).toString()],
    ['a line of it', 'it began with: second line of it'],
    ['without the line break at its end', 'first line of a key\nsecond line of it'],
  ])('%s', (_, text) => {
    const left = redact(text);
    expect(left).toContain(REDACTED);
    for (const part of ['c4n', 'ss"w', 'ss%22', 'YzRuL3J5', 'second line', 'first line']) {
      expect(left.toLowerCase()).not.toContain(part.toLowerCase());
    }
  });

  it('whatever it is and whatever stands around it', () => {
    // What the placeholder itself holds is no leak.
    const value = fc
      .string({ minLength: 12, unit: 'grapheme' })
      .filter((text) => !REDACTED.includes(text.trim()) && text.trim().length > 3);
    fc.assert(
      fc.property(value, fc.string(), fc.string(), (secret, before, after) => {
        const redactOne = redactor([Buffer.from(secret)]);
        expect(redactOne(`${before}${secret}${after}`)).not.toContain(secret);
        expect(redactOne(`a ${base64(secret)} z`)).not.toContain(base64(secret));
      }),
    );
  });

  it('bytes that are no text, in base64', () => {
    const bytes = Buffer.from([255, 254, 0, 1, 2, 3, 200, 201]);
    expect(redactor([bytes])(`key: ${bytes.toString('base64')}`)).toBe(`key: ${REDACTED}`);
  });
});

describe('what looks like a credential is taken out though nobody named it', () => {
  it.each([
    ['a bearer token', 'Authorization: Bearer abcdefghijklmnop1234'],
    ['a password in a URL', 'mysql://chat:hunter2hunter2@mysql/chat'],
    ['an assignment', 'password=hunter2hunter2'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nabcdefghijklmnop1234\n-----END PRIVATE KEY-----'],
  ])('%s', (_, text) => {
    const left = redactor([])(text);
    expect(left).toContain(REDACTED);
    expect(left).not.toMatch(/hunter2|abcdefghijklmnop/);
  });
});

it('everything else stays as it is', () => {
  const text =
    'Warning  FailedScheduling  0/6 nodes are available: 6 Insufficient cpu.\nName: chat-7d9\nstart of the log\n';
  expect(redact(text)).toBe(text);
});

it('a short value is no secret, and would blot out every text', () => {
  expect(redactor([Buffer.from('a'), Buffer.from('')])('a small cat')).toBe('a small cat');
});
