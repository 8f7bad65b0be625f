import type { Generated } from 'kysely';

/** The tables as the newest migration leaves them. */
export interface Schema {
  accounts: {
    id: string;
    name: string;
    /** `keyOf(name)`: unique, and what accounts are sorted by, byte by byte on every server. */
    name_key: string;
    hash: string;
  };
  rooms: {
    id: string;
    kind: 'public' | 'direct';
    /** Null in a direct room, as is `name_key`. */
    name: string | null;
    name_key: string | null;
    /** Number of the newest message. Whoever holds this row's lock gives the next one. */
    seq: Generated<number>;
    epoch: string;
  };
  members: {
    account: string;
    room: string;
    read_seq: Generated<number>;
  };
  messages: {
    room: string;
    seq: number;
    author: string;
    id: string;
    name: string;
    text: string;
    /** Milliseconds since 1970. */
    at: number;
  };
}
