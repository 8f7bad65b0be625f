import type { Bus } from '../../../../app/chat/src/fanout/log';
import type { Store } from '../../../../app/chat/src/stores/store';
import { describeAccounts } from './contract/accounts';
import { describeMessages } from './contract/messages';
import { describeNumbers } from './contract/numbers';
import { describeRooms } from './contract/rooms';

/** A store's data, empty at first, as two pods have it. */
export interface Pods {
  /** Two stores of the same data; a store in the process is there twice. */
  readonly stores: readonly [Store, Store];
  /** Brings what the first one publishes. */
  readonly bus: Bus;
  close(): Promise<unknown>;
}

export interface Keeps {
  /** About how many messages a room keeps; a store without it keeps all. */
  readonly length?: number;
}

/** What the tests of a part ask of. */
export interface Subject {
  readonly first: Store;
  readonly second: Store;
  readonly bus: Bus;
}

/** What every store must do, whatever it keeps its data in. */
export function describeStore(name: string, open: () => Promise<Pods>, { length }: Keeps = {}): void {
  jest.setTimeout(60_000);
  describe(`the ${name} store`, () => {
    let pods: Pods;
    const subject: Subject = {
      get first() {
        return pods.stores[0];
      },
      get second() {
        return pods.stores[1];
      },
      get bus() {
        return pods.bus;
      },
    };
    beforeAll(async () => {
      pods = await open();
    });
    afterAll(async () => {
      for (const store of new Set(pods.stores)) await store.close();
      await pods.close();
    });

    it('answers', async () => {
      await expect(subject.first.check()).resolves.toBeUndefined();
    });

    it('tells its name', () => {
      expect(subject.first.name).toBe(name);
    });

    describe('accounts', () => describeAccounts(subject));
    describe('rooms', () => describeRooms(subject));
    describe('numbers', () => describeNumbers(subject));
    describe('messages', () => describeMessages(subject, length));
  });
}
