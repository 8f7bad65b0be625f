import type { ChildProcess } from 'node:child_process';

/** Milliseconds that a process has for its end before it is killed. */
const PATIENCE = 5_000;

/** Everything that a run begins, and its end. */
export class Teardown {
  private readonly ends: (() => Promise<void> | void)[] = [];

  add(end: () => Promise<void> | void): void {
    this.ends.push(end);
  }

  /** Ends a process with the run, and with this process whatever happens to it. */
  child(name: string, child: ChildProcess): void {
    const kill = () => child.kill('SIGKILL');
    process.once('exit', kill);
    this.add(async () => {
      if (await ends(child)) console.error(`${name}: did not end within ${PATIENCE} ms of SIGTERM, so it was killed`);
      process.off('exit', kill);
    });
  }

  /** The newest first. */
  async run(): Promise<void> {
    for (let end = this.ends.pop(); end; end = this.ends.pop()) await end();
  }
}

/** @returns whether it had to be killed. */
async function ends(child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return false;
  let killed = false;
  const timer = setTimeout(() => {
    killed = child.kill('SIGKILL');
  }, PATIENCE);
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exit;
  clearTimeout(timer);
  return killed;
}

/** Runs something and ends what it began, however it went. */
export async function withTeardown<Value>(run: (teardown: Teardown) => Promise<Value>): Promise<Value> {
  const teardown = new Teardown();
  try {
    return await run(teardown);
  } finally {
    await teardown.run();
  }
}
