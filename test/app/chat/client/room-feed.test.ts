import fc from 'fast-check';
import { RoomFeed } from '../../../../app/chat/src/client/room-feed';
import type { Batch, Joined, Message } from '../../../../app/chat/src/events';

const message = (seq: number, epoch = 'a'): Message => ({
  seq,
  id: `${epoch}${seq}`,
  author: 'ana',
  name: 'Ana',
  text: `${seq} of ${epoch}`,
  at: 0,
});
const messages = (from: number, to: number, epoch = 'a') =>
  Array.from({ length: to - from + 1 }, (_, at) => message(from + at, epoch));
const batch = (from: number, to: number, epoch = 'a'): Batch => ({
  room: 'r',
  epoch,
  messages: messages(from, to, epoch),
});
const answer = (from: number, to: number, more: Partial<Joined> = {}): Joined => ({
  ...batch(from, to, more.epoch),
  head: to,
  resumed: true,
  ...more,
});

/** A feed that stands at message 3 of numbering a, and what it does. */
function feedAtThree() {
  const shown: number[] = [];
  const reloads: number[][] = [];
  const asked: { after?: number; epoch?: string; paused: boolean }[] = [];
  const feed = new RoomFeed(
    { seq: 3, epoch: 'a' },
    {
      show: (next) => shown.push(...next.map(({ seq }) => seq)),
      reload: (newest) => reloads.push(newest.map(({ seq }) => seq)),
      ask: (position, paused) => asked.push({ after: position?.seq, epoch: position?.epoch, paused }),
    },
  );
  return { feed, shown, reloads, asked };
}

describe('a room’s feed', () => {
  it('shows what comes next, at once', () => {
    const { feed, shown, asked } = feedAtThree();
    feed.live(batch(4, 5));
    expect(shown).toEqual([4, 5]);
    expect(asked).toEqual([]);
  });

  it('drops what it has shown, also the half of a batch', () => {
    const { feed, shown } = feedAtThree();
    feed.live(batch(2, 3));
    feed.live(batch(3, 4));
    expect(shown).toEqual([4]);
  });

  it('asks for what is missing before it shows what follows', () => {
    const { feed, shown, asked } = feedAtThree();
    feed.live(batch(5, 5));
    expect(shown).toEqual([]);
    expect(asked).toEqual([{ after: 3, epoch: 'a', paused: false }]);
    feed.answered(answer(4, 5));
    expect(shown).toEqual([4, 5]);
  });

  it('asks once, and holds what arrives meanwhile', () => {
    const { feed, shown, asked } = feedAtThree();
    feed.live(batch(5, 5));
    feed.live(batch(6, 6));
    feed.live(batch(8, 8));
    expect(asked).toHaveLength(1);
    feed.answered(answer(4, 5));
    expect(shown).toEqual([4, 5, 6]);
    expect(asked).toEqual([expect.anything(), { after: 6, epoch: 'a', paused: false }]);
  });

  it('asks once, however often it is told to', () => {
    const { feed, asked } = feedAtThree();
    feed.ask();
    feed.ask();
    expect(asked).toHaveLength(1);
  });

  it('asks on until it has reached the head', () => {
    const { feed, shown, asked } = feedAtThree();
    feed.ask();
    feed.answered(answer(4, 6, { head: 7 }));
    expect(asked.at(-1)).toEqual({ after: 6, epoch: 'a', paused: false });
    feed.answered(answer(7, 7));
    expect(shown).toEqual([4, 5, 6, 7]);
    expect(asked).toHaveLength(2);
  });

  it('pauses where asking brought nothing', () => {
    const { feed, asked } = feedAtThree();
    feed.ask();
    feed.answered(answer(4, 3, { head: 9 }));
    expect(asked.at(-1)).toEqual({ after: 3, epoch: 'a', paused: true });
  });

  it('starts anew where the server cannot go on from its position', () => {
    const { feed, shown, reloads } = feedAtThree();
    feed.ask();
    feed.answered(answer(50, 60, { resumed: false }));
    feed.live(batch(61, 61));
    expect(reloads).toEqual([messages(50, 60).map(({ seq }) => seq)]);
    expect(shown).toEqual([61]);
  });

  it('asks on from the newest messages that it was given, not from the head', () => {
    const { feed, asked } = feedAtThree();
    feed.ask();
    feed.answered(answer(50, 60, { resumed: false, head: 62 }));
    expect(asked.at(-1)).toEqual({ after: 60, epoch: 'a', paused: false });
  });

  it('starts anew where the server has less than it has seen', () => {
    const { feed, reloads } = feedAtThree();
    feed.ask();
    feed.answered(answer(1, 2, { resumed: false }));
    expect(reloads).toEqual([[1, 2]]);
    expect(feed.last).toEqual({ seq: 2, epoch: 'a' });
  });

  it('starts anew under another numbering', () => {
    const { feed, shown, reloads, asked } = feedAtThree();
    feed.live(batch(2, 2, 'b'));
    expect(asked).toEqual([{ after: 3, epoch: 'a', paused: false }]);
    feed.answered(answer(1, 2, { epoch: 'b', resumed: false }));
    feed.live(batch(3, 3, 'b'));
    expect(reloads).toEqual([[1, 2]]);
    expect(shown).toEqual([3]);
  });

  it('never takes an answer with a hole for one that follows', () => {
    const { feed, shown, reloads } = feedAtThree();
    feed.ask();
    feed.answered(answer(6, 7));
    expect(shown).toEqual([]);
    expect(reloads).toEqual([[6, 7]]);
  });

  it('never goes on under another numbering, whatever the answer calls itself', () => {
    const { feed, shown, reloads } = feedAtThree();
    feed.ask();
    feed.answered(answer(4, 5, { epoch: 'b' }));
    expect(shown).toEqual([]);
    expect(reloads).toEqual([[4, 5]]);
  });

  it('asks once more where another numbering came while it asked', () => {
    const { feed, asked } = feedAtThree();
    feed.ask();
    feed.live(batch(1, 1, 'b'));
    feed.answered(answer(4, 3, { head: 3 }));
    expect(asked).toHaveLength(2);
  });

  it('begins with the newest messages where it knows nothing', () => {
    const reloads: number[][] = [];
    const feed = new RoomFeed(undefined, {
      show: () => {},
      reload: (newest) => reloads.push(newest.map(({ seq }) => seq)),
      ask: () => {},
    });
    feed.ask();
    feed.answered(answer(8, 9));
    expect(reloads).toEqual([[8, 9]]);
    expect(feed.last).toEqual({ seq: 9, epoch: 'a' });
  });

  it('asks again after the connection was away, whatever was under way', () => {
    const { feed, asked } = feedAtThree();
    feed.ask();
    feed.disconnected();
    feed.ask();
    expect(asked).toHaveLength(2);
  });
});

/** Messages that a server keeps, and those that an answer carries: small, so that many runs come to their limits. */
const KEPT = 12;
const PAGE = 3;

/** A server with one room, a network that loses, repeats and reorders, and a page that writes down what it shows. */
class World {
  epoch = 'a';
  log: Message[] = [message(1), message(2), message(3)];
  readonly network: Batch[] = [];
  /** What the page shows; it begins with what a page knows that stands at message 3. */
  shown: Message[] = [...this.log];
  private asked: { seq: number; epoch: string } | undefined;
  private reply: Joined | undefined;
  readonly feed = new RoomFeed(
    { seq: 3, epoch: 'a' },
    {
      show: (next) => this.show(next),
      reload: (newest) => {
        this.shown = [...newest];
      },
      ask: (position) => {
        expect(this.asked).toBeUndefined();
        this.asked = position;
      },
    },
  );

  private show(next: readonly Message[]): void {
    for (const one of next) {
      expect(one.seq).toBe((this.shown.at(-1)?.seq ?? 0) + 1);
      this.shown.push(one);
    }
  }

  store(count: number): void {
    const from = (this.log.at(-1)?.seq ?? 0) + 1;
    const stored = messages(from, from + count - 1, this.epoch);
    this.log.push(...stored);
    this.network.push({ room: 'r', epoch: this.epoch, messages: stored });
  }

  loseData(count: number): void {
    this.log = this.log.slice(0, Math.max(0, this.log.length - count));
    this.epoch += 'x';
  }

  deliver(at: number, again: boolean): void {
    const batch = this.network[at % this.network.length];
    if (!batch) return;
    if (!again) this.network.splice(this.network.indexOf(batch), 1);
    this.feed.live(batch);
  }

  drop(at: number): void {
    if (this.network.length > 0) this.network.splice(at % this.network.length, 1);
  }

  /** The server reads its log; the answer is on its way from then on. */
  read(): void {
    if (!this.asked || this.reply) return;
    const { seq, epoch } = this.asked;
    const kept = this.log.slice(-KEPT);
    const resumed = epoch === this.epoch && seq + 1 >= (kept[0]?.seq ?? 1);
    const answered = resumed ? kept.filter((one) => one.seq > seq).slice(0, PAGE) : kept.slice(-PAGE);
    this.reply = { room: 'r', epoch: this.epoch, messages: answered, head: this.log.at(-1)?.seq ?? 0, resumed };
  }

  arrive(): void {
    const { reply } = this;
    if (!reply) return;
    this.asked = this.reply = undefined;
    this.feed.answered(reply);
  }

  reconnect(): void {
    this.asked = this.reply = undefined;
    this.feed.disconnected();
    this.feed.ask();
  }

  settle(): void {
    while (this.asked) {
      this.read();
      this.arrive();
    }
  }
}

const step = fc.oneof(
  fc.nat(4).map((count) => (world: World) => world.store(count + 1)),
  fc.tuple(fc.nat(), fc.boolean()).map(
    ([at, again]) =>
      (world: World) =>
        world.deliver(at, again),
  ),
  fc.nat().map((at) => (world: World) => world.drop(at)),
  fc.constant((world: World) => world.read()),
  fc.constant((world: World) => world.arrive()),
  fc.constant((world: World) => world.reconnect()),
);
const loss = fc.nat(5).map((count) => (world: World) => world.loseData(count));

describe('whatever is lost, repeated and reordered', () => {
  const endsDense = (steps: readonly ((world: World) => void)[]) => {
    const world = new World();
    for (const take of steps) take(world);
    // The last message arrives: this is when a feed notices what it lacks.
    world.store(1);
    world.deliver(world.network.length - 1, false);
    world.settle();
    expect(world.shown).toEqual(world.log.slice(world.log.length - world.shown.length));
    expect(world.shown.at(-1)).toEqual(world.log.at(-1));
    return world;
  };

  it('a page ends with every message once, in order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        endsDense(steps);
      }),
      { numRuns: 3_000 },
    );
  });

  it('a page ends with what the store has, also when the store loses data', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 8, arbitrary: step }, { weight: 1, arbitrary: loss }), { maxLength: 60 }),
        (steps) => {
          endsDense(steps);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
