import { openSync } from 'node:fs';
import { join } from 'node:path';
import execa, { type ExecaChildProcess } from 'execa';
import type { Host } from './network';

const NODE = [process.execPath, '-r', 'ts-node/register'];
/** Runs a command where a machine's files are at their places: root of those files, then the command. */
export const ON_MACHINE = join(__dirname, 'on-machine.sh');

/** Starts one of the lab's own programs on a machine; its standard input and output are pipes. */
export const startProgram = ({ namespace }: Host, file: string, words: readonly string[]): ExecaChildProcess =>
  execa('nsenter', [`--net=/run/netns/${namespace}`, ...NODE, join(__dirname, file), ...words], {
    stderr: 'inherit',
    buffer: false,
    reject: false,
  });

/** Starts what the system would start on a machine whose files lie below `root`; what it says goes to a file. */
export function startService(
  { namespace }: Host,
  root: string,
  log: string,
  command: readonly string[],
): ExecaChildProcess {
  const said = openSync(log, 'a');
  return execa('nsenter', [`--net=/run/netns/${namespace}`, 'unshare', '--mount', ON_MACHINE, root, ...command], {
    stdio: ['ignore', said, said],
    // A process group of its own: whoever kills it, kills its workers.
    detached: true,
    reject: false,
  });
}
