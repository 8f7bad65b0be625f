import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds between two requests. */
const EVERY = 500;
/** Milliseconds that one request may take. */
const PATIENCE = 5000;

export interface SmokeOptions {
  /** Milliseconds since the epoch. Each address is asked once at least. */
  readonly deadline: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks each address until it answers with 2xx or 3xx.
 * @returns a fault for each that did not by the deadline, with what it answered last.
 */
export async function smoke(addresses: readonly string[], options: SmokeOptions): Promise<string[]> {
  const faults = await Promise.all(addresses.map((address) => untilItAnswers(address, options)));
  return faults.flatMap((fault) => fault ?? []);
}

async function untilItAnswers(address: string, { deadline, signal }: SmokeOptions): Promise<string | undefined> {
  for (;;) {
    const { isWell, answer } = await ask(address, signal);
    if (isWell) return undefined;
    if (signal?.aborted || Date.now() + EVERY > deadline) return `${address}: ${answer}; expected 2xx or 3xx`;
    await pause(EVERY, undefined, { signal }).catch(() => undefined);
  }
}

async function ask(address: string, signal?: AbortSignal): Promise<{ isWell: boolean; answer: string }> {
  const patience = AbortSignal.timeout(PATIENCE);
  try {
    const { status, statusText, body } = await fetch(address, {
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    });
    await body?.cancel();
    return { isWell: status >= 200 && status < 400, answer: `answered ${status} ${statusText}`.trim() };
  } catch (error) {
    if (signal?.aborted) return { isWell: false, answer: 'was not waited for' };
    if (patience.aborted) return { isWell: false, answer: `did not answer within ${PATIENCE / 1000} s` };
    // fetch says "fetch failed"; why, says its cause.
    const { cause, message } = error as Error & {
      readonly cause?: { readonly code?: string; readonly message?: string };
    };
    return { isWell: false, answer: `did not answer (${cause?.code ?? cause?.message ?? message})` };
  }
}
