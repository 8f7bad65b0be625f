import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import execa from 'execa';
import { INGRESS_AUTHORITY } from '../../api/doubles/ingress';
import { RUN } from '../../api/harness/addresses';

const ROOT = join(__dirname, '../../../..');
/** Made by prepare.ts for this run. Never the checkout's own: what follows a link when it deletes would empty that. */
const PACKAGES = process.env.SLIPWAY_PACKAGES ?? '';
const FAKES = join(ROOT, 'jenkins/test/fakes/bin');

/** The machine that builds: its programs, what every process on it finds, and what was asked of those that are fakes. */
export interface Agent {
  /** Folder of the jobs' workspaces. */
  readonly workspaces: string;
  /** Every variable that a process has before a step adds its own. */
  readonly environment: Readonly<Record<string, string>>;
  /** Words of every call of the fakes, in order. */
  calls(): readonly string[][];
}

/**
 * Sets an agent up. git, node, slipway, kubectl, helm, crane and the AWS CLI are real. There is no container engine and no
 * database of vulnerabilities: docker and trivy are the fakes of the specs, and so is hadolint, which judges nothing here.
 * @param authority file of who signed for the registry, as an administrator would have put it onto the machine.
 */
export async function prepareAgent(authority: string): Promise<Agent> {
  const folder = mkdtempSync(join(RUN, 'agent-'));
  const inside = (...path: string[]) => join(folder, ...path);
  for (const name of ['bin', 'home', 'answers', 'state', 'tmp', 'workspaces']) mkdirSync(inside(name));
  const write = (name: string, text: string) => writeFileSync(inside('bin', name), text, { mode: 0o755 });
  for (const name of ['docker', 'trivy', 'hadolint']) write(name, `#!/bin/sh\nexec ${join(FAKES, name)} "$@"\n`);
  write('npm', npmDouble((await execa('which', ['npm'])).stdout));
  writeFileSync(inside('calls'), '');
  return {
    workspaces: inside('workspaces'),
    environment: {
      PATH: [inside('bin'), process.env.PATH].join(delimiter),
      HOME: inside('home'),
      TMPDIR: inside('tmp'),
      LANG: 'C.UTF-8',
      NO_COLOR: '1',
      npm_config_update_notifier: 'false',
      NODE_EXTRA_CA_CERTS: INGRESS_AUTHORITY,
      SSL_CERT_FILE: authority,
      AWS_CA_BUNDLE: authority,
      AWS_EC2_METADATA_DISABLED: 'true',
      FAKE_LOG: inside('calls'),
      FAKE_ANSWERS: inside('answers'),
      FAKE_STATE: inside('state'),
    },
    calls: () =>
      readFileSync(inside('calls'), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => (JSON.parse(line) as { argv: string[] }).argv),
  };
}

/**
 * `npm ci` of the very lock file that this checkout's packages were installed of puts links to the run's own copy of
 * them, which goes with the run: half a minute, three times in each delivery, would show nothing of ours. The rest is npm's.
 */
const npmDouble = (npm: string): string => `#!/bin/sh
if [ "$1" = ci ] && cmp -s package-lock.json '${join(ROOT, 'package-lock.json')}'; then
  rm -rf node_modules && mkdir node_modules
  exec ln --symbolic '${PACKAGES}'/* '${PACKAGES}'/.[!.]* node_modules
fi
exec '${npm}' "$@"
`;
