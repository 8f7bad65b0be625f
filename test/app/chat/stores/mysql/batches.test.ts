import { Batches } from '../../../../../app/chat/src/stores/mysql/batches';

/** Batches whose work the test ends. */
function heldBatches(most = 10) {
  const under: { room: string; items: readonly number[]; end(): void; fail(): void }[] = [];
  const batches = new Batches<number, string>(
    most,
    (room, items) =>
      new Promise((resolve, reject) => {
        const end = () => resolve(items.map((item) => `done ${item}`));
        under.push({ room, items, end, fail: () => reject(new Error('no')) });
      }),
  );
  return { batches, under };
}

describe('batches', () => {
  it('let the first of a quiet room go at once and alone', () => {
    const { batches, under } = heldBatches();
    void batches.add('garden', 1);
    void batches.add('garden', 2);
    expect(under.map(({ items }) => items)).toEqual([[1]]);
  });

  it('gather what comes meanwhile into the next one, and give each item its own result', async () => {
    const { batches, under } = heldBatches();
    const all = Promise.all([1, 2, 3].map((item) => batches.add('garden', item)));
    under[0]?.end();
    while (under.length < 2) await null;
    expect(under[1]?.items).toEqual([2, 3]);
    under[1]?.end();
    expect(await all).toEqual(['done 1', 'done 2', 'done 3']);
  });

  it('hold no more than they may', async () => {
    const { batches, under } = heldBatches(2);
    for (const item of [1, 2, 3, 4]) void batches.add('garden', item);
    under[0]?.end();
    while (under.length < 2) await null;
    expect(under[1]?.items).toEqual([2, 3]);
  });

  it('of one room wait for no other room', () => {
    const { batches, under } = heldBatches();
    void batches.add('garden', 1);
    void batches.add('kitchen', 2);
    expect(under.map(({ room }) => room)).toEqual(['garden', 'kitchen']);
  });

  it('that fail do so for their own items, and the next one is tried', async () => {
    const { batches, under } = heldBatches();
    const first = batches.add('garden', 1);
    const failing = Promise.allSettled([2, 3].map((item) => batches.add('garden', item)));
    under[0]?.end();
    while (under.length < 2) await null;
    const last = batches.add('garden', 4);
    under[1]?.fail();
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    while (under.length < 3) await null;
    under[2]?.end();
    expect([await first, await last]).toEqual(['done 1', 'done 4']);
  });

  it('begin anew in a room that has become quiet', async () => {
    const { batches, under } = heldBatches();
    const first = batches.add('garden', 1);
    under[0]?.end();
    await first;
    void batches.add('garden', 2);
    while (under.length < 2) await null;
    expect(under[1]?.items).toEqual([2]);
  });
});
