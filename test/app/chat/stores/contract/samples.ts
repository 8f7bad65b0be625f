import { randomUUID } from 'node:crypto';
import type { Draft } from '../../../../../app/chat/src/fanout/log';
import type { AccountWithHash, Store } from '../../../../../app/chat/src/stores/store';

/** A name that no other test has. */
export const uniqueName = (prefix: string): string => `${prefix}-${randomUUID().slice(0, 8)}`;

export const newAccount = (name = uniqueName('Ada')): AccountWithHash => ({
  id: randomUUID(),
  name,
  hash: `$argon2id$v=19$m=19456,t=2,p=1$${'c2FsdA'.repeat(3)}$${'aGFzaA'.repeat(6)}`,
});

/** An account that is stored. */
export async function storedAccount(store: Store, name?: string): Promise<AccountWithHash> {
  const account = newAccount(name);
  expect(await store.accounts.create(account)).toBe(true);
  return account;
}

/** A public room that is stored, without members. */
export async function storedRoom(store: Store, name = uniqueName('Room')): Promise<{ id: string; name: string }> {
  const room = { id: randomUUID(), name };
  expect(await store.rooms.createPublic(room.id, room.name)).toBe(true);
  return room;
}

export const newDraft = (fields: Partial<Draft> = {}): Draft => ({
  id: randomUUID(),
  author: 'ada',
  name: 'Ada',
  text: 'Hello',
  at: 1_700_000_000_000,
  ...fields,
});

/** Calls something so many times at once, in turns on both stores. */
export const atOnce = <Result>(
  times: number,
  stores: { readonly first: Store; readonly second: Store },
  call: (store: Store, turn: number) => Promise<Result>,
): Promise<Result[]> =>
  Promise.all(Array.from({ length: times }, (_, turn) => call(turn % 2 === 0 ? stores.first : stores.second, turn)));

/** 1, 2, 3 … up to a number. */
export const upTo = (last: number): number[] => Array.from({ length: last }, (_, at) => at + 1);
