import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import execa from 'execa';
import { temporaryFolder } from '../support/copy';
import { ROOT } from './tools';

/** Runs start.sh between recorders of what it calls. @param secret what the file of the secret holds; no file without. */
async function start(secret?: string) {
  const folder = temporaryFolder();
  const log = join(folder, 'log');
  const file = join(folder, 'secret');
  if (secret !== undefined) writeFileSync(file, secret);
  const recorder = (name: string, exit: string) =>
    writeFileSync(join(folder, name), `#!/bin/sh\necho "${name} $*" >>"${log}"\n${exit}\n`, { mode: 0o755 });
  // Of a builder that is not there yet, buildx says so.
  recorder('docker', 'case $2 in rm) echo "no builder found" >&2; exit 1 ;; esac');
  recorder('jenkins-agent', '');
  const { exitCode, stderr } = await execa(join(ROOT, 'jenkins/agent/start.sh'), [], {
    reject: false,
    env: {
      PATH: [folder, process.env.PATH].join(delimiter),
      JENKINS_URL: 'http://controller:8080/',
      AGENT_NAME: 'slipway',
      AGENT_SECRET_FILE: file,
      BUILDX_BUILDER: 'slipway',
      BUILDKIT_HOST: 'unix:///run/builder/buildkitd.sock',
    },
  });
  const calls = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [];
  return { exitCode, stderr, calls, file };
}

describe('the agent', () => {
  it('names the builder, then connects by WebSocket with a secret that no argument shows', async () => {
    const { exitCode, calls, file } = await start('of-the-agent');
    expect(exitCode).toBe(0);
    expect(calls).toEqual([
      'docker buildx rm slipway',
      'docker buildx create --name slipway --driver remote unix:///run/builder/buildkitd.sock',
      `jenkins-agent -url http://controller:8080/ -name slipway -secret @${file} -webSocket -workDir /home/jenkins/agent`,
    ]);
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
  ])('does nothing while its secret is %s, and says where it comes from', async (_, secret) => {
    const { exitCode, calls, stderr, file } = await start(secret);
    expect({ exitCode, calls }).toEqual({ exitCode: 1, calls: [] });
    expect(stderr).toContain(`${file}: is missing or empty; expected the secret of agent slipway`);
  });
});
