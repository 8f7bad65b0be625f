import { channelOf, decodePublished } from '../../../../../app/chat/src/fanout/log';
import { until } from '../../../../support/until';
import type { Subject } from '../contract';
import { atOnce, newDraft, storedRoom, upTo } from './samples';

export function describeNumbers(stores: Subject): void {
  const newRoom = async () => (await storedRoom(stores.first)).id;
  const everything = async (room: string) => (await stores.second.log.after(room, 0, 1_000)).messages;

  it('begin with 0 and a named epoch, each room for itself', async () => {
    const rooms = [await newRoom(), await newRoom(), await newRoom()];
    await stores.first.log.append(rooms[1] as string, newDraft(), 0);
    const heads = await stores.second.log.heads(rooms);
    expect(heads.map(({ seq }) => seq)).toEqual([0, 1, 0]);
    for (const { epoch } of heads) expect(epoch).toMatch(/^\w+$/);
    expect(new Set(heads.map(({ epoch }) => epoch)).size).toBe(3);
    expect(await stores.first.log.heads([])).toEqual([]);
  });

  it('are dense and the same for everybody when two pods store at once', async () => {
    const room = await newRoom();
    const stored = await atOnce(200, stores, async (store, turn) => {
      const draft = newDraft({ text: String(turn) });
      return { ...draft, ...(await store.log.append(room, draft, 0)) };
    });
    const inOrder = [...stored].sort((a, b) => a.seq - b.seq).map(({ epoch, ...message }) => message);
    expect(inOrder.map(({ seq }) => seq)).toEqual(upTo(200));
    expect(await everything(room)).toEqual(inOrder);
    expect(await stores.first.log.heads([room])).toEqual([{ seq: 200, epoch: stored[0]?.epoch }]);
    expect(new Set(stored.map(({ epoch }) => epoch)).size).toBe(1);
  });

  it('never show a hole to who reads while others store', async () => {
    const room = await newRoom();
    let storing = true;
    const stored = atOnce(60, stores, (store) => store.log.append(room, newDraft(), 0)).finally(() => {
      storing = false;
    });
    while (storing) {
      const messages = await everything(room);
      expect(messages.map(({ seq }) => seq)).toEqual(upTo(messages.length));
    }
    await stored;
  });

  it('are told when the message can be read on every pod', async () => {
    const room = await newRoom();
    const draft = newDraft();
    const { seq, epoch } = await stores.first.log.append(room, draft, 0);
    expect(await stores.second.log.after(room, 0, 10)).toEqual({ head: { seq, epoch }, messages: [{ ...draft, seq }] });
  });

  it('are published with their message', async () => {
    const room = await newRoom();
    const heard: string[] = [];
    await stores.bus.subscribe(channelOf(room), (text) => heard.push(text));
    const draft = newDraft({ text: 'a b\n{}"' });
    const { seq, epoch } = await stores.first.log.append(room, draft, 0);
    await until(() => heard.length > 0);
    expect(heard.map(decodePublished)).toEqual([{ head: { seq, epoch }, message: { ...draft, seq } }]);
  });

  it('stay what they were when a message is sent again', async () => {
    const room = await newRoom();
    const draft = newDraft();
    const first = await stores.first.log.append(room, draft, 0);
    await stores.first.log.append(room, newDraft(), 0);
    const again = await stores.second.log.append(room, { ...draft, text: 'changed', at: draft.at + 1 }, 2);
    expect(again).toEqual(first);
    expect((await everything(room)).map(({ text }) => text)).toEqual(['Hello', 'Hello']);
  });

  it('stay what they were when it is sent again at the same moment', async () => {
    const room = await newRoom();
    const draft = newDraft();
    const stored = await atOnce(20, stores, (store) => store.log.append(room, draft, 0));
    expect(new Set(stored.map(({ seq }) => seq))).toEqual(new Set([1]));
    expect(await everything(room)).toHaveLength(1);
  });

  it('differ where author, room or the case of an id differs', async () => {
    const [room, other] = [await newRoom(), await newRoom()];
    const draft = newDraft({ id: 'abcdefgh' });
    const drafts = [newDraft(), draft, { ...draft, author: 'bob' }, { ...draft, id: 'Abcdefgh' }];
    const stored = await Promise.all(drafts.map((one) => stores.first.log.append(room, one, 0)));
    expect(stored.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect((await stores.first.log.append(other, draft, 0)).seq).toBe(1);
  });

  it('get another epoch when somebody has seen a higher one: the store was set back', async () => {
    const [room, other] = [await newRoom(), await newRoom()];
    const [before, untouched] = await stores.first.log.heads([room, other]);
    await stores.first.log.append(room, newDraft(), 0);
    const after = await stores.second.log.append(room, newDraft(), 7);
    expect(after.seq).toBe(2);
    expect(after.epoch).not.toBe(before?.epoch);
    expect(await stores.first.log.heads([room, other])).toEqual([{ seq: 2, epoch: after.epoch }, untouched]);
    expect((await stores.first.log.append(room, newDraft(), 2)).epoch).toBe(after.epoch);
  });

  it('get it also when nothing new is stored', async () => {
    const room = await newRoom();
    const draft = newDraft();
    const before = await stores.first.log.append(room, draft, 0);
    const after = await stores.second.log.append(room, draft, 7);
    expect(after).toEqual({ ...before, epoch: expect.not.stringMatching(before.epoch) });
    expect(await stores.first.log.heads([room])).toEqual([{ seq: 1, epoch: after.epoch }]);
  });
}
