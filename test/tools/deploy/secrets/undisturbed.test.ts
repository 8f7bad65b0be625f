import { undisturbed } from '../../../../tools/deploy/secrets/undisturbed';

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s waits for the end of the work, and ends the command then',
  async (signal) => {
    let done = false;
    const before = process.listenerCount(signal);
    const work = undisturbed(async () => {
      // Jest's process hears no signals of the system's.
      process.emit(signal, signal);
      await Promise.resolve();
      done = true;
    });
    await expect(work).rejects.toThrow(`${signal}: stopped after the Secrets were written`);
    expect(done).toBe(true);
    expect(process.listenerCount(signal)).toBe(before);
  },
);
