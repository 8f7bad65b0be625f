import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Teardown } from '../teardown';
import type { Answer, Order, Orders } from './main';

/** Starts a generator; it ends with the run. */
export function startGenerator(teardown: Teardown): Orders {
  const child = fork(join(__dirname, 'main.ts'), { execArgv: ['-r', 'ts-node/register'] });
  teardown.child('generator', child);
  const waiting = new Map<number, (answer: Answer) => void>();
  child.on('message', (answer: Answer) => waiting.get(answer.number)?.(answer));
  child.on('exit', (code) => {
    for (const [number, settle] of waiting) settle({ number, error: `the generator ended with ${code}` });
  });
  const order = (name: keyof Orders, ...given: readonly unknown[]) =>
    new Promise<unknown>((resolve, reject) => {
      const number = waiting.size;
      waiting.set(number, ({ value, error }) => (error === undefined ? resolve(value) : reject(new Error(error))));
      child.send({ number, name, given } satisfies Order);
    });
  return {
    connect: (...given) => order('connect', ...given),
    load: (...given) => order('load', ...given),
    letOthersSend: (...given) => order('letOthersSend', ...given),
    stopReading: () => order('stopReading'),
  } as Orders;
}
