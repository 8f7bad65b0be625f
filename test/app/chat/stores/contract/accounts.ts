import { randomUUID } from 'node:crypto';
import { keyOf } from '../../../../../app/chat/src/stores/store';
import type { Subject } from '../contract';
import { atOnce, newAccount, storedAccount, uniqueName } from './samples';

export function describeAccounts(stores: Subject): void {
  it('finds an account by its name in any case, on every pod', async () => {
    const account = await storedAccount(stores.first, uniqueName('ÄdaΣ'));
    for (const name of [account.name, account.name.toLowerCase(), account.name.toUpperCase()]) {
      expect(await stores.second.accounts.findByName(name)).toEqual(account);
    }
  });

  it('finds an account by its id, and never tells its hash then', async () => {
    const { id, name } = await storedAccount(stores.first);
    expect(await stores.second.accounts.find(id)).toEqual({ id, name });
  });

  it('finds nothing for a stranger', async () => {
    expect(await stores.first.accounts.find(randomUUID())).toBeUndefined();
    expect(await stores.first.accounts.findByName(uniqueName('nobody'))).toBeUndefined();
  });

  it('refuses a name that is taken in another case and leaves the account as it is', async () => {
    const account = await storedAccount(stores.first);
    expect(await stores.second.accounts.create(newAccount(account.name.toUpperCase()))).toBe(false);
    expect(await stores.first.accounts.findByName(account.name)).toEqual(account);
  });

  it('keeps nothing of an account that it refuses', async () => {
    const { name } = await storedAccount(stores.first);
    const late = newAccount(name);
    await stores.first.accounts.create(late);
    expect(await stores.first.accounts.find(late.id)).toBeUndefined();
  });

  it.each([
    ['an accent', 'Jose', 'José'],
    ['a sharp s', 'Strasse', 'Straße'],
    ['a dotless i', 'tir', 'tır'],
    ['a dot at the end', 'Ada', 'Ada.'],
  ])('takes names that differ by %s for two', async (_, one, other) => {
    const end = randomUUID().slice(0, 8);
    const accounts = [await storedAccount(stores.first, `${end}${one}`)];
    accounts.push(await storedAccount(stores.first, `${end}${other}`));
    for (const account of accounts) expect(await stores.first.accounts.findByName(account.name)).toEqual(account);
  });

  it('gives a name once to those who ask at the same time', async () => {
    const name = uniqueName('Race');
    const candidates = Array.from({ length: 20 }, (_, turn) =>
      newAccount(turn % 3 === 0 ? name.toUpperCase() : turn % 3 === 1 ? name.toLowerCase() : name),
    );
    const created = await atOnce(20, stores, (store, turn) =>
      store.accounts.create(candidates[turn] ?? newAccount(name)),
    );
    const winners = candidates.filter((_, turn) => created[turn]);
    expect(winners).toHaveLength(1);
    expect(await stores.first.accounts.findByName(name)).toEqual(winners[0]);
  });

  it('lists accounts by the key of their name, page after page, without their hashes', async () => {
    const prefix = uniqueName('list');
    const names = ['b', 'C', 'a', 'É', 'd.', 'd'].map((end) => prefix + end);
    for (const name of names) await storedAccount(stores.first, name);
    const listed: string[] = [];
    for (let after = prefix; ; ) {
      const page = await stores.second.accounts.list(after, 2);
      for (const account of page) expect(Object.keys(account).sort()).toEqual(['id', 'name']);
      const ours = page.map(({ name }) => name).filter((name) => name.startsWith(prefix));
      listed.push(...ours);
      if (ours.length < 2) break;
      after = keyOf(ours[1] as string);
    }
    expect(listed).toEqual(['a', 'b', 'C', 'd', 'd.', 'É'].map((end) => prefix + end));
  });

  it('begins a list with the first account', async () => {
    const first = await storedAccount(stores.first, `0${uniqueName('0')}`);
    const second = await storedAccount(stores.first, `0${uniqueName('1')}`);
    expect((await stores.first.accounts.list('', 2)).map(({ id }) => id)).toEqual([first.id, second.id]);
  });
}
