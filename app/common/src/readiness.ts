/** Something that a service cannot serve without. */
export interface Dependency {
  readonly name: string;
  /** Resolves while it answers. */
  check(): Promise<unknown>;
}

/** Milliseconds between two rounds of questions. */
const PERIOD = 1_000;
/** Milliseconds that a dependency has for its answer: half of what the probe waits for ours. */
export const ANSWER_LIMIT = 1_000;
/** Rounds in a row that must fail before the service calls itself unready: a blip must not empty every Service at once. */
const FAILURES = 3;

/** Whether a service may be sent requests: its dependencies answer, and it is not about to leave. */
export class Readiness {
  private failures = 0;
  private failing: string[] = ['starting'];
  private everReady = false;
  private draining = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dependencies: readonly Dependency[],
    private readonly onChange: (ready: boolean, reasons: readonly string[]) => void = () => {},
  ) {}

  /** Asks every dependency now, and then once a second until the end. */
  async start(): Promise<void> {
    await this.ask();
    const again = () => {
      if (this.draining) return;
      this.timer = setTimeout(() => void this.ask().then(again), PERIOD);
      this.timer.unref();
    };
    again();
  }

  /** Why the service should get no requests; empty while it should. */
  get reasons(): readonly string[] {
    if (this.draining) return ['draining'];
    return this.everReady && this.failures < FAILURES ? [] : this.failing;
  }

  /** From now on and for good. */
  drain(): void {
    this.draining = true;
    clearTimeout(this.timer);
  }

  /** One round. Public for those who cannot wait for the timer. */
  async ask(): Promise<void> {
    const before = this.reasons.length === 0;
    const answers = await Promise.allSettled(this.dependencies.map((one) => within(ANSWER_LIMIT, one.check())));
    this.failing = this.dependencies.filter((_, at) => answers[at]?.status === 'rejected').map(({ name }) => name);
    this.failures = this.failing.length === 0 ? 0 : this.failures + 1;
    this.everReady ||= this.failing.length === 0;
    const now = this.reasons.length === 0;
    if (now !== before) this.onChange(now, this.reasons);
  }
}

/** The promise's outcome, or a rejection after so many milliseconds. */
export function within<Value>(milliseconds: number, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
