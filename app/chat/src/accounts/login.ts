import * as z from 'zod';
import type { Account } from '../events';
import { Refusal } from '../refusal';
import { keyOf } from '../stores/store';
import { useCase } from '../use-case';

/** Somebody who has not said yet who they are. */
export interface Caller {
  /** Network address, as the outermost trusted proxy saw it. */
  readonly address: string;
}

/** Whoever knows name and password is the account. What was wrong is not told. */
export const login = useCase(
  z.strictObject({ name: z.string().max(64), password: z.string().max(128) }),
  async ({ store, limits, passwords }, { address }: Caller, body): Promise<Account> => {
    await limits.spend('address', address);
    await limits.spend('login', `${address} ${keyOf(body.name)}`);
    const account = await store.accounts.findByName(body.name);
    if (!(await passwords.matches(account?.hash, body.password)) || account === undefined) {
      throw new Refusal('unauthenticated', 'Name or password is wrong.');
    }
    return { id: account.id, name: account.name };
  },
);
