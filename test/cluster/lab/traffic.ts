/** What the client and the backends of the lab agree on; all times in milliseconds. */

/** One new connection each. */
export const REQUEST_EVERY = 100;
/** After which a request has failed. */
export const REQUEST_LIMIT = 2_000;
/** Between the beats of a stream. */
export const BEAT = 200;
export const STREAMS = 3;
/** Longer than the minute after which proxies like to cut what is silent. */
export const SILENCE = 130_000;
/** Go's servers listen with the kernel's own limit: a frozen one goes on accepting that many connections. */
export const BACKLOG = 4096;

/** What the client saw; the lab's clock. */
export type Seen =
  | { readonly kind: 'request'; readonly at: number; readonly took: number; readonly ok: boolean }
  | { readonly kind: 'beat'; readonly stream: number; readonly at: number }
  | { readonly kind: 'silence'; readonly lasted: number };
