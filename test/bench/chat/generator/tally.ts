/** A message on its way. */
interface Posted {
  readonly room: string;
  readonly sentAt: number;
  /** How often each member of the room has got it. */
  readonly arrivals: Uint8Array;
  /** Members that have not got it. */
  left: number;
}

const MARKER = Buffer.from('~#');
const DIGITS = 8;
const ZERO = '0'.charCodeAt(0);

/** Counts every delivery of every message: each member of the room must get it once, and nobody else. */
export class Tally {
  private readonly posted: Posted[] = [];
  deliveries = 0;
  duplicated = 0;
  /** Deliveries to clients of other rooms. */
  strayed = 0;
  /** Messages that somebody still waits for. */
  open = 0;

  get messages(): number {
    return this.posted.length;
  }

  /** Deliveries that did not come. */
  get missing(): number {
    return this.posted.reduce((sum, { left }) => sum + left, 0);
  }

  /** @returns the message's number, which its text carries. */
  post(room: string, members: number): number {
    const arrivals = new Uint8Array(members);
    this.open++;
    return this.posted.push({ room, sentAt: performance.now(), arrivals, left: members }) - 1;
  }

  /** Counts the messages of one event, however many it carries. @returns whether there were any. */
  count(
    payload: Buffer,
    room: string,
    member: number,
    onArrival: (sentAt: number, complete: boolean) => void,
  ): boolean {
    const first = payload.indexOf(MARKER);
    for (let at = first; at >= 0; at = payload.indexOf(MARKER, at + MARKER.length + DIGITS)) {
      this.arrive(readNumber(payload, at + MARKER.length), room, member, onArrival);
    }
    return first >= 0;
  }

  private arrive(
    number: number,
    room: string,
    member: number,
    onArrival: (sentAt: number, complete: boolean) => void,
  ): void {
    const message = this.posted[number];
    if (message?.room !== room) {
      this.strayed++;
      return;
    }
    this.deliveries++;
    const times = (message.arrivals[member] ?? 0) + 1;
    message.arrivals[member] = times;
    if (times > 1) {
      this.duplicated++;
      return;
    }
    message.left--;
    if (message.left === 0) this.open--;
    onArrival(message.sentAt, message.left === 0);
  }
}

/** A text of so many bytes that carries the number. */
export const textOf = (number: number, bytes: number): string =>
  `${MARKER}${String(number).padStart(DIGITS, '0')} `.padEnd(bytes, 'lorem ipsum dolor sit amet ');

function readNumber(payload: Buffer, start: number): number {
  let number = 0;
  for (let at = start; at < start + DIGITS; at++) number = number * 10 + (payload[at] as number) - ZERO;
  return number;
}
