import { DummyDriver, Kysely, type Migration, MysqlAdapter, MysqlIntrospector, MysqlQueryCompiler, sql } from 'kysely';
import { migrations } from '../../../../../../app/chat/src/stores/mysql/migrations';

/** What a pod of the release before would stumble over, by what it looks like. */
const CONTRACTING: readonly (readonly [RegExp, string])[] = [
  [/\bDROP\b/i, 'drops what the release before reads'],
  [/\b(RENAME|CHANGE)\b/i, 'renames what the release before reads'],
  [/\bMODIFY\b/i, 'changes what the release before writes'],
  [/\b(DELETE|TRUNCATE)\b/i, 'deletes'],
  [/\bALTER\b(?=.*\bADD\b.*\bNOT NULL\b)(?!.*\bDEFAULT\b)/is, 'wants a value that the release before does not write'],
  [/\bALTER\b.*\bADD\b.*\b(UNIQUE|FOREIGN|CHECK|CONSTRAINT|PRIMARY)\b/is, 'refuses what the release before writes'],
  [/\bCREATE\s+(UNIQUE|TRIGGER)\b/i, 'refuses what the release before writes'],
];

/** Every statement of a migration, none of them done. */
async function statementsOf(migration: Migration): Promise<string[]> {
  const statements: string[] = [];
  const db = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new MysqlAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (on) => new MysqlIntrospector(on),
      createQueryCompiler: () => new MysqlQueryCompiler(),
    },
    log: ({ query }) => void statements.push(query.sql),
  });
  await migration.up(db);
  return statements;
}

const faultsOf = async (migration: Migration): Promise<string[]> =>
  (await statementsOf(migration)).flatMap((statement) =>
    CONTRACTING.filter(([pattern]) => pattern.test(statement)).map(([, fault]) => fault),
  );

describe('migrations', () => {
  it('are numbered without a gap, in the order in which they stand', () => {
    const numbers = Object.keys(migrations).map((name) => name.slice(0, 3));
    expect(numbers).toEqual(numbers.map((_, at) => String(at + 1).padStart(3, '0')));
  });

  it.each(Object.entries(migrations))('%s only adds', async (_, migration) => {
    expect((await statementsOf(migration)).length).toBeGreaterThan(0);
    expect(await faultsOf(migration)).toEqual([]);
  });

  it.each(Object.entries(migrations))('%s has no way back, which would drop', (_, migration) => {
    expect(migration.down).toBeUndefined();
  });

  it.each([
    'ALTER TABLE members DROP COLUMN read_seq',
    'DROP TABLE members',
    'ALTER TABLE members RENAME COLUMN read_seq TO seen',
    'RENAME TABLE members TO people',
    'ALTER TABLE members CHANGE read_seq seen BIGINT',
    'ALTER TABLE messages MODIFY text VARCHAR(100)',
    'ALTER TABLE members ADD COLUMN role VARCHAR(9) NOT NULL',
    'ALTER TABLE members\n ADD role VARCHAR(9)\n NOT NULL',
    'ALTER TABLE accounts ADD UNIQUE KEY (hash)',
    'ALTER TABLE members ADD CONSTRAINT FOREIGN KEY (room) REFERENCES rooms (id)',
    'CREATE UNIQUE INDEX one ON members (account)',
    'DELETE FROM members',
  ])('may not say: %s', async (statement) => {
    expect(await faultsOf({ up: async (db) => void (await sql.raw(statement).execute(db)) })).toHaveLength(1);
  });

  it.each([
    'ALTER TABLE members ADD COLUMN role VARCHAR(9) NULL',
    "ALTER TABLE members ADD COLUMN role VARCHAR(9) NOT NULL DEFAULT 'guest'",
    'CREATE TABLE reactions (seq BIGINT NOT NULL, UNIQUE KEY (seq))',
    'CREATE INDEX by_author ON messages (author)',
  ])('may say: %s', async (statement) => {
    expect(await faultsOf({ up: async (db) => void (await sql.raw(statement).execute(db)) })).toEqual([]);
  });
});
