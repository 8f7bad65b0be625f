import { Refused } from '../../parse/parse';

/**
 * Does what must not stop half-way: a signal between a database and its Secret would part them.
 * @throws Refused where there was a signal, when the work is done.
 */
export async function undisturbed(work: () => Promise<void>): Promise<void> {
  const heard: NodeJS.Signals[] = [];
  const hear = (signal: NodeJS.Signals) => void heard.push(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, hear);
  try {
    await work();
  } finally {
    for (const signal of signals) process.off(signal, hear);
  }
  if (heard.length > 0) {
    throw new Refused([
      `${heard[0]}: stopped after the Secrets were written, before anything was restarted`,
      'Run the same command again: it restarts what runs with older values.',
    ]);
  }
}
