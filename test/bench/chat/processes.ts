import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../support/port';
import type { Teardown } from './teardown';

/** Milliseconds until a server must listen. */
const START = 20_000;

export interface Running {
  readonly pid: number;
  readonly port: number;
}

/** Starts a server on a free port of loopback and waits until it listens. */
export async function startServer(
  name: string,
  words: (port: number) => readonly string[],
  environment: (port: number) => NodeJS.ProcessEnv,
  teardown: Teardown,
): Promise<Running> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-chat-'));
  teardown.add(() => rmSync(folder, { recursive: true }));
  const log = join(folder, 'log');
  const output = openSync(log, 'w');
  const [command = '', ...given] = words(port);
  const child = spawn(command, given, {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment(port) },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  teardown.child(name, child);
  try {
    return { pid: await listening(child, port), port };
  } catch (error) {
    throw new Error(
      `${name}: ${(error as Error).message}; expected it to listen on ${port}\n${readFileSync(log, 'utf8')}`,
    );
  }
}

async function listening(child: ChildProcess, port: number): Promise<number> {
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  for (const deadline = Date.now() + START; Date.now() < deadline; ) {
    if (failure) throw failure;
    if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}`);
    if (child.pid !== undefined && (await accepts(port))) return child.pid;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`does not listen after ${START} ms`);
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
