interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** Lets what arrives while a batch of the same room is under way go together in the next one. A quiet room waits for nobody. */
export class Batches<Item, Result> {
  private readonly rooms = new Map<string, Waiting<Item, Result>[]>();

  /**
   * @param most items in one batch.
   * @param run resolves with one result an item, in their order.
   */
  constructor(
    private readonly most: number,
    private readonly run: (room: string, items: readonly Item[]) => Promise<readonly Result[]>,
  ) {}

  add(room: string, item: Item): Promise<Result> {
    return new Promise((resolve, reject) => {
      const waiting = this.rooms.get(room);
      if (waiting) {
        waiting.push({ item, resolve, reject });
      } else {
        const first = [{ item, resolve, reject }];
        this.rooms.set(room, first);
        void this.work(room, first);
      }
    });
  }

  private async work(room: string, waiting: Waiting<Item, Result>[]): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, this.most);
      try {
        const items = batch.map(({ item }) => item);
        const results = await this.run(room, items);
        for (const [at, { resolve }] of batch.entries()) resolve(results[at] as Result);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.rooms.delete(room);
  }
}
