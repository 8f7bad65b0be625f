import type { Kysely, Transaction } from 'kysely';
import type { Message } from '../../events';
import {
  type Bus,
  channelOf,
  type Draft,
  encodePublished,
  type Head,
  type MessageLog,
  newEpoch,
  type Slice,
  type Stored,
} from '../../fanout/log';
import { Batches } from './batches';
import { retried } from './errors';
import type { Schema } from './schema';

/** Messages in one transaction: of the longest ones 1.6 MB, a tenth of what MariaDB takes in one packet. */
const BATCH = 100;

interface Sent {
  readonly draft: Draft;
  readonly known: number;
}

interface Placed {
  readonly head: Head;
  /** As it is stored: of two that came under one id, the first. */
  readonly draft: Draft;
}

/** Messages in a table. Whoever holds the lock of the room's row gives the numbers, so that they are committed in their order. */
export class MysqlLog implements MessageLog {
  private readonly batches = new Batches<Sent, Placed>(BATCH, (room, sent) => this.store(room, sent));

  constructor(
    private readonly db: Kysely<Schema>,
    private readonly bus: Bus,
  ) {}

  async append(room: string, draft: Draft, known: number): Promise<Stored> {
    const { head, draft: stored } = await this.batches.add(room, { draft, known });
    // Rejects where the bus is away: the sender tries again, and then it is published again.
    await this.bus.publish(channelOf(room), encodePublished(head, JSON.stringify(stored)));
    return { ...head, at: stored.at };
  }

  async after(room: string, seq: number, limit: number): Promise<Slice> {
    return this.slice(room, this.messages(room).where('seq', '>', seq).orderBy('seq').limit(limit));
  }

  async before(room: string, seq: number | undefined, limit: number): Promise<Slice> {
    const older = seq === undefined ? this.messages(room) : this.messages(room).where('seq', '<', seq);
    return this.slice(room, older.orderBy('seq', 'desc').limit(limit));
  }

  async heads(rooms: readonly string[]): Promise<readonly Head[]> {
    if (rooms.length === 0) return [];
    const rows = await this.db.selectFrom('rooms').select(['id', 'seq', 'epoch']).where('id', 'in', rooms).execute();
    const heads = new Map(rows.map(({ id, seq, epoch }) => [id, { seq, epoch }]));
    return rooms.map((room) => heads.get(room) ?? { seq: 0, epoch: '' });
  }

  private messages(room: string) {
    return this.db.selectFrom('messages').select(MESSAGE).where('room', '=', room);
  }

  /** Head and messages in one statement: they are of one moment. */
  private async slice(room: string, messages: ReturnType<MysqlLog['messages']>): Promise<Slice> {
    const rows = await this.db
      .selectFrom('rooms')
      .leftJoin(messages.as('message'), (join) => join.onTrue())
      .select(['rooms.seq as head', 'rooms.epoch'])
      .select(MESSAGE.map((column) => `message.${column}` as const))
      .where('rooms.id', '=', room)
      .orderBy('message.seq')
      .execute();
    const { head: seq, epoch } = rows[0] ?? { head: 0, epoch: '' };
    const found = rows.filter((row) => row.seq !== null) as readonly Message[];
    return {
      head: { seq, epoch },
      messages: found.map((row) => ({
        seq: row.seq,
        id: row.id,
        author: row.author,
        name: row.name,
        text: row.text,
        at: row.at,
      })),
    };
  }

  private store(room: string, sent: readonly Sent[]): Promise<readonly Placed[]> {
    const transaction = this.db.transaction();
    return retried(() => transaction.execute((inside) => storeIn(inside, room, sent)));
  }
}

const MESSAGE = ['seq', 'id', 'author', 'name', 'text', 'at'] as const;
const nameOf = ({ author, id }: Draft): string => `${author}:${id}`;

async function storeIn(
  transaction: Transaction<Schema>,
  room: string,
  sent: readonly Sent[],
): Promise<readonly Placed[]> {
  const row = await transaction
    .selectFrom('rooms')
    .select(['seq', 'epoch'])
    .where('id', '=', room)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new Error(`room ${room} is not stored; make it before its first message`);
  const epoch = sent.some(({ known }) => known > row.seq) ? newEpoch() : row.epoch;

  const places = new Map<string, Message>();
  for (const message of await storedOf(transaction, room, sent)) places.set(nameOf(message), message);
  const fresh: Message[] = [];
  for (const { draft } of sent) {
    if (places.has(nameOf(draft))) continue;
    const message = { ...draft, seq: row.seq + fresh.length + 1 };
    places.set(nameOf(draft), message);
    fresh.push(message);
  }
  if (fresh.length > 0) {
    const rows = fresh.map(({ seq, author, id, name, text, at }) => ({ room, seq, author, id, name, text, at }));
    await transaction.insertInto('messages').values(rows).execute();
  }
  if (fresh.length > 0 || epoch !== row.epoch) {
    const seq = row.seq + fresh.length;
    await transaction.updateTable('rooms').set({ seq, epoch }).where('id', '=', room).execute();
  }
  return sent.map(({ draft }) => {
    const { seq, ...stored } = places.get(nameOf(draft)) as Message;
    return { head: { seq, epoch }, draft: stored };
  });
}

/** Those that an earlier attempt has stored. */
function storedOf(transaction: Transaction<Schema>, room: string, sent: readonly Sent[]): Promise<Message[]> {
  return transaction
    .selectFrom('messages')
    .select(MESSAGE)
    .where('room', '=', room)
    .where(({ or, and }) => or(sent.map(({ draft: { author, id } }) => and({ author, id }))))
    .execute();
}
