import type { OutboxEntry } from '../../../../app/chat/src/client/outbox';
import type { Message } from '../../../../app/chat/src/events';
import { timeline } from '../../../../app/chat/src/page/timeline';

const ME = { id: 'ana', name: 'Ana' };
const NOON = new Date(2026, 5, 10, 12).getTime();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const said = (id: string, author: string, at = NOON): Message => ({ seq: 1, id, author, name: author, text: id, at });
const waiting = (id: string, at = NOON): OutboxEntry => ({ id, room: 'r', text: id, at, state: 'waiting' });

/** Days by their names; messages by their texts, with a star where their author stands above. */
const outline = (messages: readonly Message[], outbox: readonly OutboxEntry[] = []) =>
  timeline(messages, outbox, ME, NOON).map((row) =>
    row.kind === 'day' ? row.text : `${row.text}${row.first ? '*' : ''}`,
  );

describe('the timeline', () => {
  it('puts messages of one author together, until somebody else speaks or five minutes pass', () => {
    const messages = [
      said('1', 'ben'),
      said('2', 'ben', NOON + MINUTE),
      said('3', 'ana', NOON + MINUTE),
      said('4', 'ben', NOON + MINUTE),
      said('5', 'ben', NOON + 7 * MINUTE),
    ];
    expect(outline(messages)).toEqual(['Today', '1*', '2', '3*', '4*', '5*']);
  });

  it('names each day once, and the author anew below it', () => {
    const messages = [said('1', 'ben', NOON - 2 * DAY), said('2', 'ben', NOON - DAY), said('3', 'ben')];
    const [before, ...rest] = outline(messages);
    expect(before).toContain('8');
    expect(rest).toEqual(['1*', 'Yesterday', '2*', 'Today', '3*']);
  });

  it('names the year of another year', () => {
    expect(outline([said('1', 'ben', NOON - 400 * DAY)])[0]).toContain('2025');
  });

  it('shows mine that are on their way at the end, and in the same row once they have arrived', () => {
    const [, , mine] = timeline([said('1', 'ben')], [waiting('2')], ME, NOON);
    expect(mine).toMatchObject({ text: '2', mine: true, delivery: { state: 'waiting' } });
    const [, , stored] = timeline([said('1', 'ben'), said('2', 'ana')], [], ME, NOON);
    expect(stored?.key).toBe(mine?.key);
    expect(stored).not.toHaveProperty('delivery');
  });

  it('keeps messages of two authors apart who chose the same id', () => {
    const rows = timeline([said('same', 'ben'), said('same', 'cleo')], [], ME, NOON);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });
});
