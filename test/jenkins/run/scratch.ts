import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes that have to be free in memory: specs of two JVMs have some ten megabytes there at a time. */
const ENOUGH = 1024 ** 3;

/**
 * Gives a folder of its own to `run`, and removes it. In memory where that is: specs make and remove thousands of small files.
 * @param memory a file system in memory; what has too little room, or runs no programs, is passed over for the folder of temporary files.
 */
export async function withScratch(run: (folder: string) => Promise<void>, memory = '/dev/shm'): Promise<void> {
  const folder = (hasRoom(memory) ? makeFolder(memory) : undefined) ?? mkdtempSync(join(tmpdir(), 'slipway-specs-'));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function hasRoom(memory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize >= ENOUGH;
  } catch {
    return false;
  }
}

/** @returns undefined where nobody may write, or no program runs. */
function makeFolder(memory: string): string | undefined {
  let folder: string | undefined;
  try {
    folder = mkdtempSync(join(memory, 'slipway-specs-'));
    const program = join(folder, 'program');
    writeFileSync(program, '#!/bin/sh\n', { mode: 0o700 });
    execFileSync(program);
    rmSync(program);
    return folder;
  } catch {
    if (folder) rmSync(folder, { recursive: true });
    return undefined;
  }
}
