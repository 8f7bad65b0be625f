import type { Kysely } from 'kysely';
import type { Account } from '../../events';
import { type Accounts, type AccountWithHash, keyOf } from '../store';
import { inserted } from './errors';
import type { Schema } from './schema';

export class MysqlAccounts implements Accounts {
  constructor(private readonly db: Kysely<Schema>) {}

  create({ id, name, hash }: AccountWithHash): Promise<boolean> {
    const account = { id, name, name_key: keyOf(name), hash };
    return inserted(() => this.db.insertInto('accounts').values(account).execute());
  }

  findByName(name: string): Promise<AccountWithHash | undefined> {
    return this.db
      .selectFrom('accounts')
      .select(['id', 'name', 'hash'])
      .where('name_key', '=', keyOf(name))
      .executeTakeFirst();
  }

  find(id: string): Promise<Account | undefined> {
    return this.db.selectFrom('accounts').select(['id', 'name']).where('id', '=', id).executeTakeFirst();
  }

  list(after: string, limit: number): Promise<readonly Account[]> {
    return this.db
      .selectFrom('accounts')
      .select(['id', 'name'])
      .where('name_key', '>', after)
      .orderBy('name_key')
      .limit(limit)
      .execute();
  }
}
