import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import execa from 'execa';
import { findingsOf } from './findings';

/**
 * Holds every rendered Vagrantfile against the real Vagrant: it takes the settings of machines and of VirtualBox, and
 * finds planted faults. Nothing is started, and values are not judged: an address of five digits passes.
 * @param dist dist/cluster
 * @throws Error with a line for every finding
 */
export async function verifyVagrant(dist: string): Promise<void> {
  const files = readdirSync(dist)
    .map((cluster) => join(cluster, 'Vagrantfile'))
    .filter((file) => existsSync(join(dist, file)));
  if (files.length === 0) throw new Error(`${dist}: holds no Vagrantfile`);
  const scratch = mkdtempSync(join(tmpdir(), 'slipway-vagrant-'));
  try {
    const validate = validateIn(scratch);
    await findingsOf(async (report) => {
      for (const file of files) {
        const fault = await validate(dirname(join(dist, file)));
        if (fault) report(`${file}: ${fault}`);
        for (const [from, to, expected] of PLANTED) {
          const said = await validate(copyWith(scratch, dirname(join(dist, file)), from, to));
          if (!said?.includes(expected)) report(`${file}: vagrant took \`${to}\` in place of \`${from}\``);
        }
      }
    });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** A misspelt setting of a machine and one of VirtualBox; a folder that is not there. Each with Vagrant's words. */
const PLANTED = [
  ['node.vm.provision', 'node.vm.provison', 'provison'],
  ['virtualbox.memory', 'virtualbox.memroy', 'memroy'],
  ['cluster/scripts', 'cluster/script', 'The host path of the shared folder is missing'],
] as const;

/**
 * VirtualBox is asked for its version alone; whatever else it was asked would be a machine's life.
 * Without it Vagrant judges no setting of its provider.
 */
const VIRTUALBOX = `#!/bin/sh
[ "$*" = --version ] || exit 1
echo 7.0.20r163906
`;

/** What Vagrant has against the file of a folder; nothing where it has nothing. Its own files stay below `scratch`. */
function validateIn(scratch: string): (folder: string) => Promise<string | undefined> {
  const programs = join(scratch, 'bin');
  mkdirSync(programs);
  writeFileSync(join(programs, 'VBoxManage'), VIRTUALBOX);
  chmodSync(join(programs, 'VBoxManage'), 0o755);
  const env = {
    PATH: `${programs}:${process.env.PATH}`,
    VAGRANT_HOME: join(scratch, 'home'),
    VAGRANT_DOTFILE_PATH: join(scratch, 'machines'),
    VAGRANT_DEFAULT_PROVIDER: 'virtualbox',
    VAGRANT_CHECKPOINT_DISABLE: '1',
  };
  return async (cwd) => {
    const { exitCode, all } = await execa('vagrant', ['validate', '--no-color'], {
      cwd,
      env,
      reject: false,
      all: true,
    });
    return exitCode === 0 ? undefined : all || `vagrant ended with ${exitCode}`;
  };
}

/** The rendered folder's place in a repository, with one text of its Vagrantfile replaced. */
function copyWith(scratch: string, folder: string, from: string, to: string): string {
  const copy = join(mkdtempSync(join(scratch, 'planted-')), 'dist', 'cluster', 'planted');
  mkdirSync(join(copy, '../../../cluster/scripts'), { recursive: true });
  mkdirSync(copy, { recursive: true });
  copyFileSync(join(folder, 'machines.json'), join(copy, 'machines.json'));
  const text = readFileSync(join(folder, 'Vagrantfile'), 'utf8');
  if (!text.includes(from)) throw new Error(`${folder}/Vagrantfile: does not hold ${from}`);
  writeFileSync(join(copy, 'Vagrantfile'), text.replace(from, to));
  return copy;
}
