import type { Kysely } from 'kysely';
import type { Account, PublicRoom } from '../../events';
import { newEpoch } from '../../fanout/log';
import { directId, keyOf, type Membership, type Rooms, type StoredRoom } from '../store';
import { inserted, retried } from './errors';
import type { Schema } from './schema';

export class MysqlRooms implements Rooms {
  constructor(private readonly db: Kysely<Schema>) {}

  createPublic(id: string, name: string): Promise<boolean> {
    const room = { id, kind: 'public', name, name_key: keyOf(name), epoch: newEpoch() } as const;
    return inserted(() => this.db.insertInto('rooms').values(room).execute());
  }

  async openDirect(first: Account, second: Account): Promise<StoredRoom> {
    const id = directId(first.id, second.id);
    const members = [first, second].map((account) => ({ account: account.id, room: id }));
    const make = this.db.transaction();
    await retried(() =>
      make.execute(async (transaction) => {
        await transaction
          .insertInto('rooms')
          .values({ id, kind: 'direct', epoch: newEpoch() })
          .onDuplicateKeyUpdate({ id })
          .execute();
        await transaction.insertInto('members').values(members).onDuplicateKeyUpdate({ room: id }).execute();
      }),
    );
    return { id, kind: 'direct', members: [withoutMore(first), withoutMore(second)] };
  }

  async findByName(name: string): Promise<StoredRoom | undefined> {
    const row = await this.db
      .selectFrom('rooms')
      .select(['id', 'name'])
      .$narrowType<{ name: string }>()
      .where('name_key', '=', keyOf(name))
      .executeTakeFirst();
    return row && { ...row, kind: 'public' };
  }

  async listPublic(account: string, after: string, limit: number): Promise<readonly PublicRoom[]> {
    const rows = await this.db
      .selectFrom('rooms')
      .leftJoin('members', (join) => join.onRef('members.room', '=', 'rooms.id').on('members.account', '=', account))
      .select(['rooms.id', 'rooms.name', 'members.account'])
      .$narrowType<{ name: string }>()
      .where('rooms.name_key', '>', after)
      .orderBy('rooms.name_key')
      .limit(limit)
      .execute();
    return rows.map(({ id, name, account: member }) => ({ id, name, member: member !== null }));
  }

  async join(room: string, account: string): Promise<void> {
    const join = this.db.insertInto('members').values({ room, account }).onDuplicateKeyUpdate({ room });
    await retried(() => join.execute());
  }

  async isMember(room: string, account: string): Promise<boolean> {
    const query = this.db.selectFrom('members').select('room').where('room', '=', room).where('account', '=', account);
    return (await query.executeTakeFirst()) !== undefined;
  }

  async find(room: string, account: string): Promise<Membership | undefined> {
    const row = await this.memberships(account).where('rooms.id', '=', room).executeTakeFirst();
    return row && toMembership(row);
  }

  async of(account: string): Promise<readonly Membership[]> {
    return (await this.memberships(account).execute()).map(toMembership);
  }

  async markRead(room: string, account: string, seq: number): Promise<void> {
    const mark = this.db
      .updateTable('members')
      .set({ read_seq: seq })
      .where('room', '=', room)
      .where('account', '=', account)
      .where('read_seq', '<', seq);
    await retried(() => mark.execute());
  }

  /** One row a room of the account, with both of its members where it is direct. */
  private memberships(account: string) {
    return this.db
      .selectFrom('members as own')
      .innerJoin('rooms', 'rooms.id', 'own.room')
      .innerJoin('accounts as me', 'me.id', 'own.account')
      .leftJoin('members as theirs', (join) =>
        join
          .onRef('theirs.room', '=', 'own.room')
          .onRef('theirs.account', '!=', 'own.account')
          .on('rooms.kind', '=', 'direct'),
      )
      .leftJoin('accounts as other', 'other.id', 'theirs.account')
      .select(['rooms.id', 'rooms.kind', 'rooms.name', 'rooms.seq', 'rooms.epoch', 'own.read_seq as read'])
      .select(['me.id as myId', 'me.name as myName', 'other.id as otherId', 'other.name as otherName'])
      .where('own.account', '=', account);
  }
}

type Row = Awaited<ReturnType<ReturnType<MysqlRooms['memberships']>['executeTakeFirstOrThrow']>>;

function toMembership({ id, kind, name, seq, epoch, read, myId, myName, otherId, otherName }: Row): Membership {
  const [me, other] = [
    { id: myId, name: myName },
    { id: otherId as string, name: otherName as string },
  ];
  const room: StoredRoom = kind === 'public' ? { id, kind, name: name as string } : { id, kind, members: [me, other] };
  return { room, head: { seq, epoch }, read };
}

/** Callers may hand over an account with its hash. */
const withoutMore = ({ id, name }: Account): Account => ({ id, name });
