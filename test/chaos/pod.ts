import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../support/port';

const ROOT = join(__dirname, '../..');

/** What follows `node`. The sources need no build, which other tests may be renewing at this moment. */
export const FROM_SOURCE = ['-r', 'ts-node/register', 'app/chat/src/main.ts'] as const;
/** What the image runs; `npm run build -w app/chat` makes it. */
export const AS_BUILT = ['app/chat/build/main.js'] as const;

/** Lines of what a pod prints that are kept. */
const LINES = 50;

/** Pods of this file's tests; they end after the last test. Outside of Jest whoever starts one ends it. */
const started = new Set<Pod>();
if ('afterAll' in globalThis) afterAll(() => Promise.all([...started].map((pod) => pod.kill())));

/** One process of the chat. It may end and start again, always on its port. */
export class Pod {
  private child: ChildProcess | undefined;
  private exit: Promise<number | null> = Promise.resolve(null);
  private printed: string[] = [];
  private readonly waiting = new Set<{ text: string; resolve(): void }>();

  /**
   * Starts it and waits until it listens.
   * @throws Error with what it printed where it ends instead.
   */
  static async start(
    settings: Readonly<Record<string, string>>,
    program: readonly string[] = FROM_SOURCE,
  ): Promise<Pod> {
    const pod = new Pod(await freePort(), settings, program);
    started.add(pod);
    await pod.start();
    return pod;
  }

  private constructor(
    readonly port: number,
    private readonly settings: Readonly<Record<string, string>>,
    private readonly program: readonly string[],
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const env = { PATH: process.env.PATH, HOST: '127.0.0.1', COOKIE_SECURE: 'false', ...this.settings };
    const child = spawn(process.execPath, this.program, {
      cwd: ROOT,
      env: { ...env, PORT: String(this.port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.exit = once(child, 'exit').then(([code]) => code);
    this.printed = [];
    const listening = this.logged('Server listening');
    for (const output of [child.stdout, child.stderr]) {
      createInterface({ input: output }).on('line', (line) => {
        this.printed.push(line);
        if (this.printed.length > LINES) this.printed.shift();
        for (const one of this.waiting) if (line.includes(one.text)) one.resolve();
      });
    }
    const ended = this.exit.then((code) => {
      throw new Error(`the chat ended with ${code}; it printed:\n${this.output}`);
    });
    await Promise.race([listening, ended]);
    ended.catch(() => {});
    // An answer: it is past the turn of the event loop in which it came to listen for signals as well.
    await this.get('/health');
  }

  /** The last lines that it printed. */
  get output(): string {
    return this.printed.join('\n');
  }

  /** Resolves when the pod logs a line with this text. */
  logged(text: string): Promise<void> {
    return new Promise((resolve) => {
      const one = { text, resolve: () => this.waiting.delete(one) && resolve() };
      this.waiting.add(one);
    });
  }

  get(path: string): Promise<Response> {
    return fetch(`${this.url}${path}`);
  }

  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void {
    this.child?.kill(name);
  }

  /** Its exit code once it has ended, null where a signal ended it. */
  ended(): Promise<number | null> {
    return this.exit;
  }

  /** Ends it as an orchestrator does. */
  async stop(): Promise<number | null> {
    this.signal('SIGTERM');
    return this.exit;
  }

  /** Ends it in the middle of what it does. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.exit;
  }
}
