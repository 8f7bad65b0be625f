import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import execa, { type ExecaChildProcess } from 'execa';

/** A program of the control plane that can be stopped and started again. */
export interface Running {
  readonly name: string;
  /** File that holds what it said. */
  readonly log: string;
  /** Ends it and waits for that. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Stops it and starts it anew with the same words; whoever needs it ready waits for that. */
  restart(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Starts a program whose output goes to a log in a folder. */
export function start(folder: string, name: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const log = join(folder, `${name}.log`);
  let child = spawn();

  function spawn(): ExecaChildProcess {
    const started = execa(name, words, { reject: false, buffer: false, stdin: 'ignore', all: true, env });
    started.all?.pipe(createWriteStream(log, { flags: 'a' }));
    return started;
  }

  async function stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    child.kill(signal, { forceKillAfterTimeout: 5_000 });
    await child;
  }

  return {
    name,
    log,
    stop,
    restart: async (signal) => {
      await stop(signal);
      child = spawn();
    },
  };
}

/**
 * Waits until something is so.
 * @param seconds after which it is given up.
 * @throws Error naming what was waited for, with what it said last.
 */
export async function until(
  what: string,
  condition: () => boolean | undefined | Promise<boolean | undefined>,
  seconds = 60,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  let said = '';
  while (performance.now() < end) {
    try {
      if (await condition()) return;
      said = '';
    } catch (error) {
      said = `: ${(error as Error).message}`;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what}: not so after ${seconds} s${said}`);
}
