import { type Kysely, type Migration, sql } from 'kysely';

/*
 * Character sets and collations are spelled out: MySQL's and MariaDB's defaults differ.
 * Ids are ASCII. Keys of names are bytes, because a collation that pads takes `a` and `a ` for one.
 */
const TABLES = [
  `CREATE TABLE IF NOT EXISTS accounts (
    id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(64) NOT NULL,
    name_key VARBINARY(320) NOT NULL,
    hash VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY accounts_name (name_key)
  )`,
  `CREATE TABLE IF NOT EXISTS rooms (
    id VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(64) NULL,
    name_key VARBINARY(320) NULL,
    seq BIGINT UNSIGNED NOT NULL DEFAULT 0,
    epoch VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY rooms_name (name_key)
  )`,
  `CREATE TABLE IF NOT EXISTS members (
    account VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    room VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (account, room),
    KEY members_room (room, account)
  )`,
  `CREATE TABLE IF NOT EXISTS messages (
    room VARCHAR(129) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seq BIGINT UNSIGNED NOT NULL,
    author VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(64) NOT NULL,
    text TEXT NOT NULL,
    at BIGINT UNSIGNED NOT NULL,
    PRIMARY KEY (room, seq),
    UNIQUE KEY messages_sent (room, author, id)
  )`,
];

export const accountsRoomsMessages: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of TABLES) {
      await sql.raw(`${table} ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`).execute(db);
    }
  },
};
