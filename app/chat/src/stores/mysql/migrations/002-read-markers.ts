import { type Kysely, type Migration, sql } from 'kysely';
import { isDuplicateColumn } from '../errors';

/** How far an account has read a room. Release 1 knows nothing of it and inserts members without it. */
export const readMarkers: Migration = {
  async up(db: Kysely<unknown>) {
    try {
      await sql`ALTER TABLE members ADD COLUMN read_seq BIGINT UNSIGNED NOT NULL DEFAULT 0`.execute(db);
    } catch (error) {
      // An earlier start ended between this statement and the note that it is done. MySQL has no IF NOT EXISTS here.
      if (!isDuplicateColumn(error)) throw error;
    }
  },
};
