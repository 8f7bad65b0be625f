import type { Batch, Message } from '../../app/chat/src/events';
import { Record } from './record';
import { count, type Tally } from './tally';

const message = (seq: number, id = `m${seq}`): Message => ({ seq, id, author: 'a', name: 'Ana', text: id, at: 0 });
const log = (...messages: Message[]): Batch => ({ room: 'r', epoch: 'e', messages });
const whole = () => log(message(1), message(2), message(3));

/** A client to which everything of a log came once. */
function faithful({ room, epoch, messages }: Batch = whole()): Record {
  const record = new Record(['r']);
  record.arrive({ room, epoch, messages });
  record.show(room, messages);
  return record;
}

const CLEAN: Tally = {
  ...{ sent: 0, deliveries: 3, filtered: 0, missing: 0, storedTwice: 0, notSent: 0, falseAcknowledgements: 0 },
  ...{ lostAtSocket: 0, lostOnClient: 0, shownTwice: 0, holes: 0, orderDiffers: 0, reloads: 0 },
};

describe('the tally', () => {
  it('is clean where everything came once and in order', () => {
    const sender = faithful();
    for (const id of ['m1', 'm2', 'm3']) sender.sent.add(id);
    sender.acknowledged.push({ id: 'm2', epoch: 'e', seq: 2 });
    expect(count([whole()], [sender, faithful()])).toEqual({ ...CLEAN, sent: 3, deliveries: 6 });
  });

  it.each<[string, Partial<Tally>, (record: Record) => Batch | undefined]>([
    [
      'what never came',
      { lostAtSocket: 1, lostOnClient: 1 },
      () => log(message(1), message(2), message(3), message(4)),
    ],
    ['what came and was not shown', { lostOnClient: 1 }, (record) => void record.shown.get('r')?.pop()],
    ['what was shown and never came', { lostAtSocket: 1 }, (record) => void record.arrived.get('r')?.delete('e 2')],
    ['what came twice and was shown once', { filtered: 1 }, (record) => void record.arrive(log(message(2)))],
    ['what was shown twice', { shownTwice: 1 }, (record) => void record.show('r', [message(2)])],
    ['what was shown late', { orderDiffers: 1 }, (record) => void record.shown.get('r')?.reverse()],
    [
      'a number that meant something else',
      { orderDiffers: 1, filtered: 1 },
      (record) => void record.arrive(log(message(2, 'other'))),
    ],
    ['a room thrown away', { reloads: 1 }, (record) => void record.reload('r', whole().messages)],
    ['a message that vanished', { sent: 1, missing: 1 }, (record) => void record.sent.add('gone')],
    [
      'a message that was given back',
      { sent: 1, notSent: 1 },
      (record) => void Object.assign(record, { sent: new Set(['back']), notSent: new Set(['back']) }),
    ],
    [
      'an acknowledgement of what is not stored',
      { falseAcknowledgements: 1 },
      (record) => void record.acknowledged.push({ id: 'm2', epoch: 'e', seq: 3 }),
    ],
  ])('shows %s', (_, figures, hurt) => {
    const record = faithful();
    expect(count([hurt(record) ?? whole()], [record])).toEqual({
      ...CLEAN,
      ...figures,
      deliveries: expect.any(Number),
    });
  });

  it('misses everything where nothing came', () => {
    expect(count([whole()], [new Record(['r'])])).toEqual({ ...CLEAN, lostAtSocket: 3, lostOnClient: 3 });
  });

  it('expects nothing of a room that a client is not in', () => {
    expect(count([whole()], [new Record(['other'])])).toEqual({ ...CLEAN, deliveries: 0 });
  });

  it('shows a message that is stored twice', () => {
    const twice = log(message(1), message(2), message(3, 'm2'));
    expect(count([twice], [faithful(twice)])).toMatchObject({ storedTwice: 1, shownTwice: 1 });
  });

  it('shows a number that was left out', () => {
    const torn = log(message(1), message(3), message(4));
    expect(count([torn], [faithful(torn)])).toEqual({ ...CLEAN, holes: 2 });
  });
});
