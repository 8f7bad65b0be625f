import type { Account, PublicRoom } from '../events';
import type { Head, MessageLog } from '../fanout/log';

/** Everything that must outlive the process: accounts, rooms, messages. */
export interface Store {
  /** For people: `memory`, `redis`, `mysql`. */
  readonly name: string;
  readonly accounts: Accounts;
  readonly rooms: Rooms;
  readonly log: MessageLog;
  /** Resolves while the store answers. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface AccountWithHash extends Account {
  /** argon2id, in its own notation. Never leaves the server. */
  readonly hash: string;
}

export interface Accounts {
  /** @returns false where the name is taken, upper and lower case taken for one. */
  create(account: AccountWithHash): Promise<boolean>;
  /** Upper and lower case taken for one. */
  findByName(name: string): Promise<AccountWithHash | undefined>;
  find(id: string): Promise<Account | undefined>;
  /** At most `limit` accounts by `keyOf(name)`, beginning after that key. */
  list(after: string, limit: number): Promise<readonly Account[]>;
}

/** A room as it is stored. */
export type StoredRoom =
  | { readonly id: string; readonly kind: 'public'; readonly name: string }
  | { readonly id: string; readonly kind: 'direct'; readonly members: readonly [Account, Account] };

/** A room of an account, with where it stands. */
export interface Membership {
  readonly room: StoredRoom;
  readonly head: Head;
  /** Newest number that the account has read. */
  readonly read: number;
}

export interface Rooms {
  /**
   * Makes a public room. The account that makes it has to join it like everybody else.
   * @returns false where the name is taken, upper and lower case taken for one, or the id exists.
   */
  createPublic(id: string, name: string): Promise<boolean>;
  /** Makes the room of two accounts with both as its members, once: the same pair has the same room. */
  openDirect(first: Account, second: Account): Promise<StoredRoom>;
  findByName(name: string): Promise<StoredRoom | undefined>;
  /** Public rooms by `keyOf(name)`, beginning after that key, and whether the account is in them. */
  listPublic(account: string, after: string, limit: number): Promise<readonly PublicRoom[]>;
  /** Makes the account a member; no difference where it is one already. Nobody loses a membership again. */
  join(room: string, account: string): Promise<void>;
  isMember(room: string, account: string): Promise<boolean>;
  /** One membership; undefined where the account is not in the room. */
  find(room: string, account: string): Promise<Membership | undefined>;
  /** Every membership of an account. */
  of(account: string): Promise<readonly Membership[]>;
  /** Remembers that everything up to `seq` was read; never goes back. */
  markRead(room: string, account: string, seq: number): Promise<void>;
}

/** What names are compared and sorted by. */
export const keyOf = (name: string): string => name.normalize('NFKC').toLowerCase();

/** The room of two accounts has one id, whoever asks for it: nothing can be made twice. */
export const directId = (first: string, second: string): string => [first, second].sort().join('.');
