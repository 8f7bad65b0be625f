import type { OutboxEntry } from '../client/outbox';
import type { Account, Message } from '../events';
import { dayKey, dayName } from './time';

/** Milliseconds between two messages of one author that still stand together. */
const TOGETHER = 5 * 60_000;

/** What is known of a message that the room has not shown yet. */
export type Delivery = Pick<OutboxEntry, 'state' | 'failure'>;

export type Row =
  | { readonly kind: 'day'; readonly key: string; readonly text: string }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly author: Account;
      readonly text: string;
      readonly at: number;
      readonly mine: boolean;
      /** Whether the author's name stands above. */
      readonly first: boolean;
      readonly delivery?: Delivery;
    };

type Line = Omit<Extract<Row, { kind: 'message' }>, 'first' | 'kind'>;

/** Lays a room out: its messages, then mine that are on their way, with days between, and those of one author together. */
export function timeline(
  messages: readonly Message[],
  outbox: readonly OutboxEntry[],
  me: Account,
  now: number,
): readonly Row[] {
  const stored = messages.map(
    ({ id, author, name, text, at }): Line => ({
      // Ids are unique for an author only: two people may have chosen the same.
      key: `${author} ${id}`,
      author: { id: author, name },
      text,
      at,
      mine: author === me.id,
    }),
  );
  const underWay = outbox.map(
    ({ id, text, at, state, failure }): Line => ({
      key: `${me.id} ${id}`,
      author: me,
      text,
      at,
      mine: true,
      delivery: { state, failure },
    }),
  );
  const rows: Row[] = [];
  let before: Line | undefined;
  for (const line of [...stored, ...underWay]) {
    const newDay = !before || dayKey(before.at) !== dayKey(line.at);
    if (newDay) rows.push({ kind: 'day', key: `day ${dayKey(line.at)}`, text: dayName(line.at, now) });
    const apart = newDay || before?.author.id !== line.author.id || line.at - before.at > TOGETHER;
    rows.push({ kind: 'message', ...line, first: apart });
    before = line;
  }
  return rows;
}
