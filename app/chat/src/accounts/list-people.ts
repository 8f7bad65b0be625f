import * as z from 'zod';
import type { Person } from '../events';
import { keyOf } from '../stores/store';
import { useCase } from '../use-case';

const PAGE = 100;

/** Everybody, by name, with who is here at this moment. */
export const listPeople = useCase(
  z.strictObject({ after: z.string().max(64).default('') }),
  async ({ store, presence }, _, { after }): Promise<{ users: Person[]; next?: string }> => {
    const accounts = await store.accounts.list(after, PAGE);
    const users = accounts.map((account) => ({ ...account, online: presence.isOnline(account.id) }));
    const last = accounts.length === PAGE ? accounts.at(-1) : undefined;
    return { users, ...(last && { next: keyOf(last.name) }) };
  },
);
