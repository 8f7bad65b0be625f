import type { Batch, Message } from '../../app/chat/src/events';

/** What one client got and what it showed, written down independently of each other. */
export class Record {
  /** Of each room, by `epoch seq`: ids that came under that number, one for each time. Counted before the client drops any. */
  readonly arrived = new Map<string, Map<string, string[]>>();
  /** Of each room, what a page would show at the end. */
  readonly shown = new Map<string, Message[]>();
  /** Where the server said that a message of this client is stored. */
  readonly acknowledged: { readonly id: string; readonly epoch: string; readonly seq: number }[] = [];
  /** Messages that were sent, by their ids. */
  readonly sent = new Set<string>();
  /** Those of them that the client gave back as not sent. */
  notSent: ReadonlySet<string> = new Set();
  /** How often what was shown of a room had to be thrown away. */
  reloads = 0;
  /** How often a server said that it leaves. */
  drains = 0;

  /** @param rooms whose messages have to come. */
  constructor(readonly rooms: readonly string[]) {}

  arrive({ room, epoch, messages }: Batch): void {
    const places = this.arrived.get(room) ?? new Map<string, string[]>();
    this.arrived.set(room, places);
    for (const { seq, id } of messages) {
      const place = `${epoch} ${seq}`;
      const ids = places.get(place);
      if (ids) ids.push(id);
      else places.set(place, [id]);
    }
  }

  show(room: string, messages: readonly Message[]): void {
    const shown = this.shown.get(room) ?? [];
    shown.push(...messages);
    this.shown.set(room, shown);
  }

  reload(room: string, messages: readonly Message[]): void {
    this.reloads += 1;
    this.shown.set(room, [...messages]);
  }
}
