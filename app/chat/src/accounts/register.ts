import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Account } from '../events';
import { accountName, password } from '../fields';
import { Refusal } from '../refusal';
import { GENERAL } from '../rooms/general';
import { useCase } from '../use-case';
import type { Caller } from './login';

/** Makes an account, which is in the general room from then on. */
export const register = useCase(
  z.strictObject({ name: accountName, password }),
  async ({ store, limits, passwords }, { address }: Caller, body): Promise<Account> => {
    await limits.spend('register', address);
    const account = { id: randomUUID(), name: body.name };
    const created = await store.accounts.create({ ...account, hash: await passwords.hash(body.password) });
    if (!created) throw new Refusal('taken', `The name ${body.name} is taken.`);
    await store.rooms.join(GENERAL.id, account.id);
    return account;
  },
);
