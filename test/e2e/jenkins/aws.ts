import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import execa from 'execa';
import { Refused } from '../../../tools/parse/parse';
import { cacheFolder } from '../tools-build/cache';
import { hashOfSources } from '../tools-build/hash';

const SOURCE = join(__dirname, '../tools/awscli');
const requirements = readFileSync(join(SOURCE, 'requirements.txt'), 'utf8');
const folder = join(cacheFolder('cluster'), `awscli-${hashOfSources(SOURCE)}`);

/** The AWS CLI of PyPI: version 1. */
export const AWS = {
  version: `v${/^awscli==([\d.]+)/m.exec(requirements)?.[1]}`,
  /** Python's packages. */
  folder,
  /** Holds `aws` alone, so that it can stand in a PATH. */
  binaries: join(folder, 'bin'),
};

/** Installs the CLI where it is missing; pip compares checksums. What is there under the name is whole. */
export async function installAws(): Promise<void> {
  if (existsSync(AWS.folder)) return;
  const unfinished = `${AWS.folder}.${process.pid}`;
  const source = ['--require-hashes', '--only-binary', ':all:', '--no-deps', '--requirement', 'requirements.txt'];
  const words = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...source, '--target', unfinished];
  mkdirSync(dirname(unfinished), { recursive: true });
  try {
    const { exitCode, stderr } = await execa('python3', words, { cwd: SOURCE, reject: false });
    if (exitCode !== 0) {
      throw new Refused([
        `awscli ${AWS.version}: not installed; expected python3 with pip, and PyPI or its mirror within reach. On Debian: apt-get install python3-pip. pip said: ${stderr.trim()}`,
      ]);
    }
    rmSync(join(unfinished, 'bin'), { recursive: true });
    mkdirSync(join(unfinished, 'bin'));
    const program = `#!/bin/sh\nPYTHONPATH=${AWS.folder} exec python3 -m awscli "$@"\n`;
    writeFileSync(join(unfinished, 'bin/aws'), program, { mode: 0o755 });
    renameSync(unfinished, AWS.folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
