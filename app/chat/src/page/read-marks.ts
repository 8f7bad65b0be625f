/** Milliseconds between two notices. */
const PERIOD = 1_000;

/** Tells the server how far rooms were read: at once, and what follows together a moment later, for a busy room is read with every message. */
export class ReadMarks {
  private readonly rooms = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tell: (room: string) => void) {}

  moved(room: string): void {
    this.rooms.add(room);
    if (this.timer === undefined) this.tellAll();
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private tellAll(): void {
    this.timer = undefined;
    if (this.rooms.size === 0) return;
    for (const room of this.rooms) this.tell(room);
    this.rooms.clear();
    this.timer = setTimeout(() => this.tellAll(), PERIOD);
  }
}
