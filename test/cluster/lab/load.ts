/** Processes that want to run, averaged over a minute. Above it, checks of one second fail for want of a processor. */
const MOST = 6;
/** Milliseconds. */
const PATIENCE = 5 * 60_000;
const STEP = 5_000;

export interface Machine {
  load(): number;
  pause(milliseconds: number): Promise<void>;
  print(line: string): void;
}

/** Waits until a busy machine is calmer, or five minutes; says so, because figures of a busy one say little. */
export async function waitForCalm({ load, pause, print }: Machine): Promise<void> {
  if (load() > MOST)
    print(`load ${load().toFixed(1)}: above ${MOST}; waiting for at most ${PATIENCE / 60_000} minutes`);
  for (let waited = 0; load() > MOST && waited < PATIENCE; waited += STEP) await pause(STEP);
  print(
    load() > MOST
      ? `load ${load().toFixed(1)}: still above ${MOST}; measuring nevertheless`
      : `load ${load().toFixed(1)}`,
  );
}
