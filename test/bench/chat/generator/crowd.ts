import { Connection, type Seat } from './connection';
import { DIALECTS, type DialectName } from './dialects';
import type { Append } from './other-process';
import { Tally, textOf } from './tally';

/** Connections that are opened at a time. */
const WAVE = 50;
/** Steps through the senders, so that neighbours in time sit on both processes. */
const STRIDE = 7919;

interface Room {
  readonly name: string;
  /** Who gets its messages, each of them counted, and sends them. */
  readonly members: Connection[];
}

/** All clients of a run and what they have got. */
export class Crowd {
  readonly tally = new Tally();
  /** What went wrong; a run with faults has no figures. */
  readonly faults: string[] = [];
  bytes = 0;
  /** Events that carried messages. */
  events = 0;
  onArrival: (sentAt: number, complete: boolean) => void = () => {};
  private readonly rooms: Room[] = [];
  private readonly byName = new Map<string, Room>();
  private readonly stalled: Connection[] = [];
  private unacknowledged = 0;
  /** Sends in the clients' place. */
  private append: Append | undefined;

  constructor(private readonly dialect: DialectName) {}

  async connect(seats: readonly Seat[]): Promise<void> {
    for (let from = 0; from < seats.length; from += WAVE) {
      const wave = seats.slice(from, from + WAVE).map((seat) => this.seat(seat));
      await Promise.all(wave.map(({ ready }) => ready));
    }
  }

  /** From now on others send, whose messages the members get. */
  letOthersSend(append: Append): void {
    this.append = append;
  }

  /** Sends the next message: room after room, in each one member after another. */
  post(bytes: number): void {
    const { tally, rooms } = this;
    const room = rooms[tally.messages % rooms.length] as Room;
    const turn = Math.floor(tally.messages / rooms.length) * STRIDE;
    const sender = room.members[turn % room.members.length] as Connection;
    const number = tally.post(room.name, room.members.length);
    const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
    const text = textOf(number, bytes);
    if (this.append || 'join' in DIALECTS[this.dialect]) this.unacknowledged++;
    if (this.append) void this.append(room.name, id, text).then(this.onStored, this.onRefused);
    else sender.send(number + 1, id, text);
  }

  /** Waits for everything that is still on its way; after so many seconds it counts as lost. */
  async settle(seconds: number): Promise<void> {
    const deadline = performance.now() + seconds * 1000;
    while ((this.tally.open > 0 || this.unacknowledged > 0) && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    // What comes twice, comes now.
    await new Promise((resolve) => setTimeout(resolve, 200));
    if (this.unacknowledged > 0) this.faults.push(`${this.unacknowledged} messages were not acknowledged`);
  }

  stopReading(): void {
    for (const connection of this.stalled) connection.stopReading();
  }

  private seat(seat: Seat): Connection {
    const room = this.enterRoom(seat);
    const member = room.members.length;
    const connection = new Connection(seat, DIALECTS[this.dialect], {
      onEvent: (payload) => {
        if (seat.stalls) return;
        this.bytes += payload.length;
        if (this.tally.count(payload, seat.room, member, this.onArrival)) this.events++;
      },
      onAcknowledgement: (payload) => {
        if (payload.includes('"error"')) this.onRefused(payload);
        else this.onStored();
      },
      onClose: (reason) => {
        if (!seat.stalls) this.faults.push(`client of port ${seat.port}: ${reason}`);
      },
    });
    (seat.stalls ? this.stalled : room.members).push(connection);
    return connection;
  }

  private readonly onStored = (): void => {
    this.unacknowledged--;
  };

  private readonly onRefused = (reason: unknown): void => {
    this.faults.push(`a message was refused: ${reason}`);
  };

  private enterRoom({ room: name }: Seat): Room {
    const known = this.byName.get(name);
    if (known) return known;
    const room: Room = { name, members: [] };
    this.rooms.push(room);
    this.byName.set(name, room);
    return room;
  }
}
