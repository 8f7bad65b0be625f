import type { Batch } from '../../app/chat/src/events';
import type { Record } from './record';

/** What is left of a run when everything that can still arrive has arrived. Every figure but the first three must be 0. */
export interface Tally {
  readonly sent: number;
  /** Stored messages, one for each client of their room. */
  readonly deliveries: number;
  /** Came at a socket more than once; clients have to drop them. */
  readonly filtered: number;
  /** Neither stored nor given back to their sender. */
  readonly missing: number;
  readonly storedTwice: number;
  /** Given back as not sent. */
  readonly notSent: number;
  /** Acknowledged, but not stored where the acknowledgement says. */
  readonly falseAcknowledgements: number;
  readonly lostAtSocket: number;
  readonly lostOnClient: number;
  readonly shownTwice: number;
  /** Numbers of a room that were left out, or given twice. */
  readonly holes: number;
  /** Clients at whose socket some number meant another message, or that did not show a room in its order. */
  readonly orderDiffers: number;
  readonly reloads: number;
}

/** @param logs every room's messages, as the store has them at the end. */
export function count(logs: readonly Batch[], records: readonly Record[]): Tally {
  const stored = logs.flatMap(({ epoch, messages }) => messages.map((message) => ({ epoch, ...message })));
  const places = new Map<string, string[]>();
  for (const { id, epoch, seq } of stored) places.set(id, [...(places.get(id) ?? []), `${epoch} ${seq}`]);
  const sent = records.flatMap((record) => [...record.sent]);
  const notSent = new Set(records.flatMap((record) => [...record.notSent]));
  const views = records.flatMap((record) =>
    logs.filter(({ room }) => record.rooms.includes(room)).map((log) => ({ record, ...view(log, record) })),
  );
  const sum = (figure: (one: (typeof views)[number]) => number) => views.reduce((total, one) => total + figure(one), 0);
  return {
    sent: sent.length,
    deliveries: sum(({ expected }) => expected),
    filtered: sum(({ filtered }) => filtered),
    missing: sent.filter((id) => !places.has(id) && !notSent.has(id)).length,
    storedTwice: [...places.values()].filter((where) => where.length > 1).length,
    notSent: notSent.size,
    falseAcknowledgements: records.flatMap(({ acknowledged }) =>
      acknowledged.filter(({ id, epoch, seq }) => !places.get(id)?.includes(`${epoch} ${seq}`)),
    ).length,
    lostAtSocket: sum(({ lostAtSocket }) => lostAtSocket),
    lostOnClient: sum(({ lostOnClient }) => lostOnClient),
    shownTwice: sum(({ shownTwice }) => shownTwice),
    holes: logs.reduce((total, { messages }) => total + messages.filter(({ seq }, at) => seq !== at + 1).length, 0),
    orderDiffers: new Set(views.filter(({ inOrder }) => !inOrder).map(({ record }) => record)).size,
    reloads: records.reduce((total, { reloads }) => total + reloads, 0),
  };
}

/** One client's view of one room, beside what the store has of it. */
function view({ room, epoch, messages }: Batch, record: Record) {
  const arrived = record.arrived.get(room) ?? new Map<string, string[]>();
  const shown = record.shown.get(room) ?? [];
  const ids = shown.map(({ id }) => id);
  const distinct = new Set(ids);
  const told = messages.filter(({ id, seq }) => arrived.get(`${epoch} ${seq}`)?.includes(id));
  const asStored = new Map(messages.map(({ id, seq }) => [`${epoch} ${seq}`, id]));
  const sameAtSocket = [...arrived].every(([place, came]) => came.every((id) => id === asStored.get(place)));
  const order = messages.map(({ id }) => id).filter((id) => distinct.has(id));
  return {
    expected: messages.length,
    filtered: [...arrived.values()].reduce((total, came) => total + came.length - 1, 0),
    lostAtSocket: messages.length - told.length,
    lostOnClient: messages.filter(({ id }) => !distinct.has(id)).length,
    shownTwice: ids.length - distinct.size,
    inOrder: sameAtSocket && [...distinct].every((id, at) => id === order[at]),
  };
}
