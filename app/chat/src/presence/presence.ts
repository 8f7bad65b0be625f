import type { Account, Person } from '../events';

/** Where pods write who is connected to them. What a pod wrote is gone some seconds after its last beat. */
export interface Board {
  add(account: Account): Promise<void>;
  remove(account: Account): Promise<void>;
  /** Says that this pod lives and who is connected to it, in case the board has forgotten. */
  beat(accounts: readonly Account[]): Promise<void>;
  /** Whoever is connected to any living pod. */
  read(): Promise<readonly Account[]>;
  /** Calls back when a pod has written something. */
  onChange(listener: () => void): Promise<void>;
}

/** Milliseconds between two beats of a pod. */
export const BEAT = 2_000;
/** Milliseconds after which a pod that does not beat counts as gone, and its people with it. */
export const BOARD_LIFE = 3 * BEAT;
/** Milliseconds in which changes are collected: a page that is loaded anew comes and goes at once, and thousands may come at the same time. */
const COLLECT = 300;

/** Who is here, over all pods. */
export class Presence {
  private readonly local = new Map<string, { account: Account; connections: number }>();
  private seen = new Map<string, Account>();
  private collecting: NodeJS.Timeout | undefined;
  private readonly beating: NodeJS.Timeout;

  /** @param onChange is told who came and who left since it was told last. */
  constructor(
    private readonly board: Board,
    private readonly onChange: (people: readonly Person[]) => void,
    private readonly onError: (error: unknown) => void,
  ) {
    this.beating = setInterval(() => void this.attempt(() => this.beat()), BEAT);
    this.beating.unref();
  }

  async start(): Promise<void> {
    await this.board.onChange(() => this.collect());
    await this.refresh();
  }

  /** How many accounts are here. */
  get size(): number {
    return this.seen.size;
  }

  isOnline(account: string): boolean {
    return this.seen.has(account);
  }

  /** One more connection of an account. */
  arrive(account: Account): void {
    const entry = this.local.get(account.id) ?? { account, connections: 0 };
    entry.connections += 1;
    this.local.set(account.id, entry);
    if (entry.connections === 1) void this.attempt(() => this.board.add(account));
  }

  leave(account: Account): void {
    const entry = this.local.get(account.id);
    if (entry === undefined) return;
    entry.connections -= 1;
    if (entry.connections > 0) return;
    this.local.delete(account.id);
    void this.attempt(() => this.board.remove(account));
  }

  /** Takes everybody of this pod from the board. */
  async close(): Promise<void> {
    clearInterval(this.beating);
    clearTimeout(this.collecting);
    this.collecting = undefined;
    await Promise.all([...this.local.values()].map(({ account }) => this.board.remove(account)));
    this.local.clear();
  }

  private async beat(): Promise<void> {
    await this.board.beat([...this.local.values()].map(({ account }) => account));
    await this.refresh();
  }

  private collect(): void {
    this.collecting ??= setTimeout(() => {
      this.collecting = undefined;
      void this.attempt(() => this.refresh());
    }, COLLECT);
    this.collecting.unref();
  }

  private async refresh(): Promise<void> {
    const now = new Map((await this.board.read()).map((account) => [account.id, account]));
    const before = this.seen;
    this.seen = now;
    const came = [...now.values()].filter(({ id }) => !before.has(id));
    const left = [...before.values()].filter(({ id }) => !now.has(id));
    const people = [
      ...came.map((account) => ({ ...account, online: true })),
      ...left.map((account) => ({ ...account, online: false })),
    ];
    if (people.length > 0) this.onChange(people);
  }

  /** The next beat repairs what failed. */
  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.onError(error);
    }
  }
}
