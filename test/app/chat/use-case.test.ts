import * as z from 'zod';
import { Refusal } from '../../../app/chat/src/refusal';
import { type Chat, useCase } from '../../../app/chat/src/use-case';

const chat = {} as Chat;
const greet = useCase(
  z.strictObject({ name: z.string().min(2), mood: z.object({ level: z.number() }).optional() }),
  async (_, who: string, { name }) => `${who} greets ${name}`,
);

const refusalOf = (input: unknown): Promise<Refusal> =>
  greet(chat, 'Ana', input).then(
    () => {
      throw new Error('was taken');
    },
    (error) => error,
  );

describe('a use case', () => {
  it('does what it does with input of its schema', async () => {
    expect(await greet(chat, 'Ana', { name: 'Ben' })).toBe('Ana greets Ben');
  });

  it.each([[undefined], [null], [[]], ['x'], [{}], [{ name: 7 }]])('refuses %j as invalid', async (input) => {
    const refusal = await refusalOf(input);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal.code).toBe('invalid');
  });

  it('names unknown fields, the first three of them and not without end', async () => {
    expect((await refusalOf({ name: 'Ben', nmae: 1 })).message).toBe('Unknown field nmae.');
    const many = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [name, 1]));
    expect((await refusalOf({ name: 'Ben', ...many })).message).toBe('Unknown field a, b, c.');
    expect((await refusalOf({ name: 'Ben', ['x'.repeat(5_000)]: 1 })).message.length).toBeLessThan(100);
  });

  it('refuses a field that would be an object’s prototype', async () => {
    expect((await refusalOf(JSON.parse('{"name":"Ben","__proto__":{"admin":true}}'))).code).toBe('invalid');
  });

  it('says where the fault is, and never shows the value', async () => {
    const { message } = await refusalOf({ name: 'Ben', mood: { level: 'hush' } });
    expect(message).toMatch(/^mood\.level: /);
    expect(message).not.toContain('hush');
  });
});
