import type { Logger } from 'pino';

/** What has to end, in the order in which it ends. */
export interface Step {
  readonly name: string;
  run(): unknown;
}

/**
 * The one shutdown of a process: whoever asks for it, and however often, gets the same one.
 * A step that fails is logged, and the next one runs all the same.
 */
export function createShutdown(steps: readonly Step[], log: Logger): () => Promise<boolean> {
  let shutdown: Promise<boolean> | undefined;
  return () => {
    shutdown ??= runSteps(steps, log);
    return shutdown;
  };
}

async function runSteps(steps: readonly Step[], log: Logger): Promise<boolean> {
  let clean = true;
  for (const { name, run } of steps) {
    try {
      await run();
    } catch (error) {
      clean = false;
      log.error({ err: error, step: name }, 'a step of the shutdown failed');
    }
  }
  return clean;
}
