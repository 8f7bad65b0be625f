import fc from 'fast-check';
import { Outbox } from '../../../../app/chat/src/client/outbox';
import type { Failure, Message } from '../../../../app/chat/src/events';

const place = { seq: 1, epoch: 'a' };
const states = (outbox: Outbox) => outbox.entries.map(({ id, state }) => `${id} ${state}`);
const ids = (entries: readonly { id: string }[]) => entries.map(({ id }) => id);
const refused = (code: Failure['code'], retryAfterMs?: number) => ({
  error: { code, message: 'no', ...(retryAfterMs && { retryAfterMs }) },
});
const shownAs = (id: string): Message => ({ seq: 1, id, author: 'ana', name: 'Ana', text: 'hello', at: 0 });

function outboxWith(...messages: readonly (readonly [string, string])[]): Outbox {
  const outbox = new Outbox();
  for (const [id, room] of messages) outbox.add(id, room, 'hello', 0);
  return outbox;
}

describe('the outbox', () => {
  it('sends one message of a room at a time, so that resending never changes their order', () => {
    const outbox = outboxWith(['1', 'r'], ['2', 'r'], ['3', 'other']);
    expect(ids(outbox.takeDue(0))).toEqual(['1', '3']);
    outbox.answered('1', { data: place }, 10);
    expect(ids(outbox.takeDue(10))).toEqual(['2']);
  });

  it('sends a message again that was not acknowledged within 1.5 s', () => {
    const outbox = outboxWith(['1', 'r']);
    outbox.takeDue(0);
    expect(outbox.nextDue(true)).toBe(1_500);
    expect(outbox.takeDue(1_499)).toEqual([]);
    expect(ids(outbox.takeDue(1_500))).toEqual(['1']);
  });

  it('sends at once what was under way when the connection was lost', () => {
    const outbox = outboxWith(['1', 'r']);
    outbox.takeDue(0);
    outbox.disconnected(100);
    expect(ids(outbox.takeDue(200))).toEqual(['1']);
  });

  it('waits as long as the server asks, also over a reconnect', () => {
    const outbox = outboxWith(['1', 'r'], ['2', 'r']);
    outbox.takeDue(0);
    outbox.answered('1', refused('too-many', 4_000), 10);
    outbox.disconnected(20);
    expect(outbox.takeDue(4_009)).toEqual([]);
    expect(outbox.entries[0]?.failure?.code).toBe('too-many');
    expect(ids(outbox.takeDue(4_010))).toEqual(['1']);
  });

  it('waits a second where the server is unavailable and does not say how long', () => {
    const outbox = outboxWith(['1', 'r']);
    outbox.takeDue(0);
    outbox.answered('1', refused('unavailable'), 10);
    expect(outbox.nextDue(true)).toBe(1_010);
  });

  it('gives a message back that the server will never take, and goes on with the next', () => {
    const outbox = outboxWith(['1', 'r'], ['2', 'r']);
    outbox.takeDue(0);
    outbox.answered('1', refused('invalid'), 10);
    expect(states(outbox)).toEqual(['1 failed', '2 waiting']);
    expect(ids(outbox.takeDue(10))).toEqual(['2']);
  });

  it('calls a message not sent after a minute, connected or not', () => {
    const outbox = outboxWith(['1', 'r']);
    expect(outbox.nextDue(false)).toBe(60_000);
    expect(outbox.expire(59_999)).toBe(false);
    expect(outbox.expire(60_000)).toBe(true);
    expect(states(outbox)).toEqual(['1 failed']);
    expect(outbox.nextDue(true)).toBeUndefined();
  });

  it('retries a failed message under its id for another minute, after those that wait', () => {
    const outbox = outboxWith(['1', 'r']);
    outbox.expire(60_000);
    outbox.add('2', 'r', 'later', 60_000);
    outbox.retry('1', 70_000);
    expect(states(outbox)).toEqual(['2 waiting', '1 waiting']);
    outbox.expire(129_999);
    expect(states(outbox)).toEqual(['2 failed', '1 waiting']);
  });

  it('takes no retry and no discard of a message on its way', () => {
    const outbox = outboxWith(['1', 'r'], ['2', 'r']);
    outbox.retry('1', 0);
    outbox.discard('1');
    expect(states(outbox)).toEqual(['1 waiting', '2 waiting']);
  });

  it('discards a failed message', () => {
    const outbox = outboxWith(['1', 'r']);
    outbox.expire(60_000);
    outbox.discard('1');
    expect(outbox.entries).toEqual([]);
  });

  it('keeps an acknowledged message until its room shows it', () => {
    const outbox = outboxWith(['1', 'r']);
    outbox.answered('1', { data: place }, 0);
    expect(states(outbox)).toEqual(['1 stored']);
    expect(outbox.shown('other', [shownAs('1')])).toBe(false);
    expect(outbox.shown('r', [shownAs('1')])).toBe(true);
    expect(outbox.entries).toEqual([]);
  });

  it('believes an acknowledgement, whatever comes after', () => {
    const outbox = outboxWith(['1', 'r']);
    outbox.answered('1', refused('unavailable'), 0);
    outbox.answered('1', { data: place }, 0);
    outbox.answered('1', refused('invalid'), 0);
    expect(states(outbox)).toEqual(['1 stored']);
    expect(outbox.entries[0]?.failure).toBeUndefined();
  });

  it('takes a message that the room shows for sent, without an acknowledgement', () => {
    const outbox = outboxWith(['1', 'r']);
    outbox.takeDue(0);
    outbox.shown('r', [shownAs('1')]);
    outbox.answered('1', refused('too-many'), 10);
    expect(outbox.entries).toEqual([]);
  });

  it('does not wait to see what lies behind the room’s position', () => {
    const outbox = outboxWith(['1', 'r'], ['2', 'r']);
    outbox.answered('1', { data: { seq: 4, epoch: 'a' } }, 0);
    outbox.answered('2', { data: { seq: 5, epoch: 'a' } }, 0);
    outbox.passed('r', { seq: 9, epoch: 'b' });
    outbox.passed('other', { seq: 9, epoch: 'a' });
    expect(states(outbox)).toEqual(['1 stored', '2 stored']);
    outbox.passed('r', { seq: 4, epoch: 'a' });
    expect(states(outbox)).toEqual(['2 stored']);
  });

  it('sends again what a store has acknowledged and lost', () => {
    const outbox = outboxWith(['1', 'r']);
    outbox.answered('1', { data: { seq: 4, epoch: 'a' } }, 0);
    outbox.reloaded('r', { seq: 2, epoch: 'a' }, 10);
    expect(outbox.takeDue(10)).toEqual([]);
    outbox.reloaded('r', { seq: 2, epoch: 'b' }, 10);
    expect(ids(outbox.takeDue(10))).toEqual(['1']);
  });

  it('names the room that has not shown a stored message 1.5 s later', () => {
    const outbox = outboxWith(['1', 'r']);
    outbox.answered('1', { data: place }, 0);
    expect([...outbox.takeOverdueRooms(1_499)]).toEqual([]);
    expect([...outbox.takeOverdueRooms(1_500)]).toEqual(['r']);
    expect(outbox.nextDue(true)).toBe(3_000);
    expect(outbox.nextDue(false)).toBeUndefined();
  });
});

/** A server that stores a message once by its id, behind a connection that loses requests and answers. */
describe('whatever requests and answers are lost', () => {
  it('every message is stored once, in the order in which it was written', () => {
    const fate = fc.constantFrom('works', 'request lost', 'answer lost', 'too many', 'connection lost');
    fc.assert(
      fc.property(fc.nat(8), fc.array(fate, { maxLength: 30 }), (count, given) => {
        const outbox = new Outbox();
        const fates = [...given];
        const stored: string[] = [];
        let now = 0;
        for (let at = 0; at <= count; at += 1) outbox.add(`${at}`, 'r', 'hello', now);
        const attempt = (id: string, fate: string) => {
          if (fate === 'too many') return outbox.answered(id, refused('too-many', 300), now);
          if (fate !== 'request lost' && !stored.includes(id)) stored.push(id);
          if (fate === 'works') outbox.shown('r', [shownAs(id)]);
          if (fate === 'connection lost') outbox.disconnected(now);
        };
        // Thirty tries take less than a minute, so that nothing is given up.
        for (let round = 0; round < 200 && stored.length <= count; round += 1) {
          const due = outbox.takeDue(now);
          for (const { id } of due) attempt(id, fates.shift() ?? 'works');
          if (due.length === 0) now = outbox.nextDue(true) ?? now;
        }
        expect(stored).toEqual(Array.from({ length: count + 1 }, (_, at) => `${at}`));
      }),
      { numRuns: 1_000 },
    );
  });
});
