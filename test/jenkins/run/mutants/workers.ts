import { createInterface } from 'node:readline';
import execa from 'execa';
import { Refused } from '../../../../tools/parse/parse';

/** What to run on which copy of the library. */
export interface Task {
  readonly library: string;
  readonly spec: string;
  readonly feature: string;
}

/** What came of it. */
export interface Answer {
  readonly ran: number;
  /** The first failure; empty where all specs passed. */
  readonly failed: string;
}

/** Longest that the specs of one mutant may take; more is a hang. */
const LIMIT_SECONDS = 300;

/** A JVM that runs one task after another: jenkins/test/mutants/Worker.groovy. */
export class Worker {
  private readonly jvm: execa.ExecaChildProcess;
  private readonly lines: AsyncIterator<string>;

  constructor(classes: string, classPath: string) {
    // Threads that compile and collect would be taken from the other worker.
    const options = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-cp', classPath];
    this.jvm = execa('java', [...options, 'mutants.Worker', classes], {
      stderr: 'ignore',
      buffer: false,
      reject: false,
    });
    if (!this.jvm.stdout) throw new Error('the worker has no stdout');
    this.lines = createInterface({ input: this.jvm.stdout })[Symbol.asyncIterator]();
  }

  /** @returns undefined where the specs hang; the worker is gone then. */
  async run(task: Task): Promise<Answer | undefined> {
    this.jvm.stdin?.write(`${JSON.stringify(task)}\n`);
    const timer = setTimeout(() => this.jvm.kill('SIGKILL'), LIMIT_SECONDS * 1000);
    const { value, done } = await this.lines.next();
    clearTimeout(timer);
    if (!done) return JSON.parse(value);
    const { signal, exitCode } = await this.jvm;
    if (signal === 'SIGKILL') return undefined;
    throw new Refused([`${task.spec}: the JVM ended with ${signal ?? exitCode}; expected an answer`]);
  }

  /** Ends by itself when nothing more is to be read. */
  async close(): Promise<void> {
    this.jvm.stdin?.end();
    await this.jvm;
  }
}
