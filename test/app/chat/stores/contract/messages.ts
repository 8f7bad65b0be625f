import fc from 'fast-check';
import type { Subject } from '../contract';
import { newDraft, storedRoom, upTo } from './samples';

/** @param length about how many messages a room keeps. */
export function describeMessages(stores: Subject, length: number | undefined): void {
  /** A room in which so many messages were stored, at once. */
  const roomWith = async (texts: readonly string[]): Promise<string> => {
    const { id } = await storedRoom(stores.first);
    await Promise.all(texts.map((text) => stores.first.log.append(id, newDraft({ text }), 0)));
    return id;
  };
  const seqsOf = ({ messages }: { messages: readonly { seq: number }[] }) => messages.map(({ seq }) => seq);

  it('after a number come oldest first, no more than asked for', async () => {
    const room = await roomWith(upTo(10).map(String));
    const { log } = stores.second;
    expect(seqsOf(await log.after(room, 0, 3))).toEqual([1, 2, 3]);
    expect(seqsOf(await log.after(room, 3, 4))).toEqual([4, 5, 6, 7]);
    expect(seqsOf(await log.after(room, 8, 4))).toEqual([9, 10]);
  });

  it('before a number are the nearest ones, the newest last', async () => {
    const room = await roomWith(upTo(10).map(String));
    const { log } = stores.second;
    expect(seqsOf(await log.before(room, undefined, 3))).toEqual([8, 9, 10]);
    expect(seqsOf(await log.before(room, 8, 3))).toEqual([5, 6, 7]);
    expect(seqsOf(await log.before(room, 3, 3))).toEqual([1, 2]);
    expect(seqsOf(await log.before(room, 99, 3))).toEqual([8, 9, 10]);
  });

  it('come with the head of their room, also where there are none', async () => {
    const room = await roomWith(['1', '2']);
    const { log } = stores.second;
    const [head] = await log.heads([room]);
    expect(await log.after(room, 2, 5)).toEqual({ head, messages: [] });
    expect(await log.after(room, 9, 5)).toEqual({ head, messages: [] });
    expect(await log.before(room, 1, 5)).toEqual({ head, messages: [] });
    expect((await log.before(room, 2, 1)).head).toEqual(head);
    expect((await log.after(room, 0, 1)).head).toEqual(head);
  });

  it.each([
    ['signs of every plane', '👩‍👩‍👧‍👦 🇩🇪 𝔘𝔫𝔦 語 ﷽'],
    ['text from right to left, with marks', 'שלום \u202eabc\u202c مرحبا'],
    ['letters that are put together, as they are', 'e\u0301 é ﬁ'],
    ['what ends strings and begins comments', `'";--\\'/*{}$1?:a%_\``],
    ['control characters', 'a\0b\u0001\x1a\x7f\b\r\n\t'],
    ['blanks at both ends', '  a  '],
    ['what looks like data', '{"seq":1,"__proto__":{}}'],
    ['4000 letters', '語'.repeat(4_000)],
    ['4000 halves of signs', '😀'.repeat(2_000)],
  ])('keep %s', async (_, text) => {
    const room = await roomWith([text]);
    const { messages } = await stores.second.log.after(room, 0, 1);
    expect(messages[0]?.text).toBe(text);
  });

  it('keep any text', async () => {
    const texts = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), 20);
    const room = await roomWith(texts);
    const { messages } = await stores.second.log.after(room, 0, 100);
    expect(messages.map(({ text }) => text)).toEqual(texts);
  });

  it('keep who wrote them and when', async () => {
    const { id } = await storedRoom(stores.first);
    const draft = newDraft({ author: 'f'.repeat(36), name: 'Ädä 𝔘', at: 4_102_444_800_123 });
    await stores.first.log.append(id, draft, 0);
    expect((await stores.second.log.before(id, undefined, 1)).messages).toEqual([{ ...draft, seq: 1 }]);
  });

  if (length === undefined) return;

  it('that are too old are gone: those that stay begin later, without a hole', async () => {
    const written = length + 250;
    const room = await roomWith(upTo(written).map(String));
    const { head, messages } = await stores.second.log.after(room, 0, written);
    expect(head.seq).toBe(written);
    expect(messages.length).toBeGreaterThanOrEqual(length);
    expect(messages.length).toBeLessThan(written);
    expect(seqsOf({ messages })).toEqual(upTo(written).slice(-messages.length));
    expect(await stores.second.log.before(room, messages[0]?.seq, 10)).toEqual({ head, messages: [] });
  });
}
