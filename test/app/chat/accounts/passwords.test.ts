import * as argon2 from '@node-rs/argon2';
import { createPasswords } from '../../../../app/chat/src/accounts/passwords';
import { Refusal } from '../../../../app/chat/src/refusal';

jest.mock('@node-rs/argon2', () => {
  const real = jest.requireActual('@node-rs/argon2');
  return { hash: jest.fn(real.hash), verify: jest.fn(real.verify) };
});
const { hash, verify } = argon2 as jest.Mocked<typeof argon2>;

const PASSWORD = ['correct', 'horse'].join(' ');

describe('passwords', () => {
  it('are hashed with argon2id as OWASP asks for, each with a salt of its own', async () => {
    const passwords = createPasswords();
    const hashes = [await passwords.hash(PASSWORD), await passwords.hash(PASSWORD)];
    for (const one of hashes) expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(hashes[0]).not.toBe(hashes[1]);
  });

  it('match their own hash alone', async () => {
    const passwords = createPasswords();
    const stored = await passwords.hash(PASSWORD);
    expect(await passwords.matches(stored, PASSWORD)).toBe(true);
    expect(await passwords.matches(stored, `${PASSWORD} `)).toBe(false);
    expect(await passwords.matches(stored, '')).toBe(false);
  });

  it('of an unknown account are worked on all the same, and never match', async () => {
    const passwords = createPasswords();
    verify.mockClear();
    expect(await passwords.matches(undefined, PASSWORD)).toBe(false);
    expect(verify).toHaveBeenCalledTimes(1);
    expect(verify.mock.calls[0]?.[0]).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    verify.mockResolvedValueOnce(true);
    expect(await passwords.matches(undefined, PASSWORD)).toBe(false);
  });

  it('are worked on two at a time; 64 callers may wait, others are told to come back', async () => {
    const passwords = createPasswords();
    await passwords.matches(undefined, PASSWORD);
    const waiting: (() => void)[] = [];
    hash.mockClear();
    hash.mockImplementation(() => new Promise((resolve) => waiting.push(() => resolve('hash'))));
    const callers = Array.from({ length: 2 }, () => passwords.hash(PASSWORD));
    await new Promise(setImmediate);
    callers.push(...Array.from({ length: 64 }, () => passwords.hash(PASSWORD)));
    const refused = await passwords.hash(PASSWORD).catch((error) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused.failure).toMatchObject({ code: 'unavailable', retryAfterMs: 3_000 });
    await new Promise(setImmediate);
    expect(hash).toHaveBeenCalledTimes(2);
    for (let done = 0; done < 66; done += 1) {
      waiting.shift()?.();
      await new Promise(setImmediate);
    }
    expect(await Promise.all(callers)).toHaveLength(66);
    waiting.length = 0;
    const late = passwords.hash(PASSWORD);
    await new Promise(setImmediate);
    waiting.shift()?.();
    expect(await late).toBe('hash');
  });
});
