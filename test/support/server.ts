import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import execa, { type ExecaChildProcess } from 'execa';

/** Servers that this file's tests have started; they end after the last test. Outside of Jest whoever starts one removes it. */
const started = new Set<Server>();
if ('afterAll' in globalThis) afterAll(() => Promise.all([...started].map((server) => server.remove())));

export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  /** What it prints when it can be asked. */
  readonly ready: string;
}

/** A real server on loopback, for tests that hurt it. Its data stays until it is removed. */
export class Server {
  private program: Program | undefined;
  private child: ExecaChildProcess | undefined;

  /**
   * @param program by the folder that the server has for itself.
   * @param parent folder in which that one is made.
   */
  static async start(
    port: number,
    program: (folder: string) => Program | Promise<Program>,
    parent = tmpdir(),
  ): Promise<Server> {
    const folder = realpathSync(mkdtempSync(join(parent, 'slipway-server-')));
    const server = new Server(port, folder);
    started.add(server);
    server.program = await program(folder);
    await server.start();
    return server;
  }

  private constructor(
    readonly port: number,
    readonly folder: string,
  ) {}

  /** Changes with every start. */
  get pid(): number {
    const { pid } = this.child ?? {};
    if (pid === undefined) throw new Error('the server does not run');
    return pid;
  }

  /** Ends it as an orchestrator does, and waits. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** Ends it in the middle of what it does. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** Starts it on the data that it left, ending it before where it runs. */
  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** From the end of this on it answers nothing and closes nothing. */
  async freeze(): Promise<void> {
    const { pid } = this;
    process.kill(pid, 'SIGSTOP');
    while (!isStopped(pid)) await setImmediate();
  }

  thaw(): void {
    process.kill(this.pid, 'SIGCONT');
  }

  /** Ends it and deletes its data. */
  async remove(): Promise<void> {
    await this.kill();
    started.delete(this);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async start(): Promise<void> {
    const { file, args, ready } = this.program as Program;
    const path = `${process.env.PATH}:/usr/sbin`;
    const child = execa(file, args, { all: true, buffer: false, reject: false, stdin: 'ignore', env: { PATH: path } });
    this.child = child;
    let printed = '';
    await new Promise<void>((resolve, reject) => {
      child.all?.on('data', (chunk) => {
        if (printed.includes(ready)) return;
        printed += chunk;
        if (printed.includes(ready)) resolve();
      });
      void child.then(({ exitCode }) => reject(new Error(`${file} ended with ${exitCode}; it printed:\n${printed}`)));
    });
  }

  private async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.child = undefined;
    child.kill(signal, { forceKillAfterTimeout: false });
    child.kill('SIGCONT');
    await child;
  }
}

/** A signal to stop reaches one thread after the other. */
function isStopped(pid: number): boolean {
  const stateOf = (thread: string) => readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
  try {
    return readdirSync(`/proc/${pid}/task`).every((thread) => stateOf(thread).includes(') T '));
  } catch {
    // A thread ended meanwhile.
    return false;
  }
}
