import { type Kysely, type Migration, Migrator } from 'kysely';
import { migrations as all } from './migrations';

/**
 * Brings the schema up to this release. Pods that start together wait for each other: one of them does the work.
 * A schema that a later release has brought further is left as it is.
 * @throws the error of the statement that failed; those before it stay done.
 */
export async function migrate<Schema>(
  db: Kysely<Schema>,
  migrations: Readonly<Record<string, Migration>> = all,
): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...migrations }) } });
  const done = async () => (await migrator.getMigrations()).every(({ executedAt }) => executedAt !== undefined);
  if (await done()) return;
  const { error } = await migrator.migrateToLatest();
  // Kysely refuses a schema with migrations that it does not know: a later release may have been first just now.
  if (error !== undefined && !(await done())) throw error;
}
