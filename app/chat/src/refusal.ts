import type { Failure, FailureCode } from './events';

const STATUS: Record<FailureCode, number> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  taken: 409,
  'too-many': 429,
  unavailable: 503,
};

/** A request that is refused for a reason that its sender may know. Every other error is told as `unavailable`. */
export class Refusal extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
    this.name = 'Refusal';
  }

  /** Status of the HTTP answer. */
  get status(): number {
    return STATUS[this.code];
  }

  get failure(): Failure {
    const { code, message, retryAfterMs } = this;
    return { code, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
}

export const unavailable = (): Refusal =>
  new Refusal('unavailable', 'The chat cannot reach its store. Nothing was lost; try again in a moment.', 1_000);
