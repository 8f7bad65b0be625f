import pino from 'pino';
import { createShutdown, type Step } from '../../../app/common/src/shutdown';

/** Steps that write down when they run. */
function record(...names: string[]) {
  const ran: string[] = [];
  const steps: Step[] = names.map((name) => ({
    name,
    run: async () => {
      await Promise.resolve();
      ran.push(name);
      if (name.startsWith('bad')) throw new Error(`${name} failed`);
    },
  }));
  const logged: { step?: string; err?: { message: string } }[] = [];
  const log = pino({}, { write: (line) => logged.push(JSON.parse(line)) });
  return { ran, logged, shutDown: createShutdown(steps, log) };
}

describe('a shutdown', () => {
  it('runs its steps one after the other, and says that all went well', async () => {
    const { ran, logged, shutDown } = record('drain', 'close', 'end');
    expect(await shutDown()).toBe(true);
    expect(ran).toEqual(['drain', 'close', 'end']);
    expect(logged).toEqual([]);
  });

  it('is one, whoever asks and however often', async () => {
    const { ran, shutDown } = record('drain', 'close');
    const both = [shutDown(), shutDown()];
    expect(both[0]).toBe(both[1]);
    await Promise.all(both);
    await shutDown();
    expect(ran).toEqual(['drain', 'close']);
  });

  it('goes on after a step that fails, logs it by its name and is not clean', async () => {
    const { ran, logged, shutDown } = record('bad', 'close');
    expect(await shutDown()).toBe(false);
    expect(ran).toEqual(['bad', 'close']);
    expect(logged).toEqual([
      expect.objectContaining({ step: 'bad', err: expect.objectContaining({ message: 'bad failed' }) }),
    ]);
  });

  it('goes on after a step that fails at once', async () => {
    const ran: string[] = [];
    const fail = () => {
      throw new Error('no');
    };
    const steps = [
      { name: 'a', run: fail },
      { name: 'b', run: () => ran.push('b') },
    ];
    expect(await createShutdown(steps, pino({ level: 'silent' }))()).toBe(false);
    expect(ran).toEqual(['b']);
  });
});
