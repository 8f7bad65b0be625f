import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Seconds until a server that says nothing more is given up. */
const PATIENCE = 60;

/**
 * The sha256 of what a URL holds, in hex. Nothing is kept.
 * @throws Error saying what the server answered, or why there was no answer.
 */
export async function fetchChecksum(url: string): Promise<string> {
  const silent = new AbortController();
  const timer = setTimeout(() => silent.abort(new Error(`no byte in ${PATIENCE} s`)), PATIENCE * 1000);
  try {
    const response = await fetch(url, { redirect: 'follow', signal: silent.signal });
    if (!response.ok) throw new Error(`was answered with ${response.status} ${response.statusText}`.trim());
    if (!response.body) throw new Error('was answered with nothing');
    const hash = createHash('sha256');
    await pipeline(Readable.fromWeb(response.body), async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) {
        hash.update(chunk);
        timer.refresh();
      }
    });
    return hash.digest('hex');
  } catch (error) {
    throw silent.signal.aborted ? silent.signal.reason : explained(error);
  } finally {
    clearTimeout(timer);
  }
}

/** fetch() says "fetch failed" and keeps the reason to itself. */
const explained = (error: unknown): Error => {
  const { message, cause } = error as Error & { readonly cause?: Partial<Error> };
  return new Error(cause?.message || message);
};
