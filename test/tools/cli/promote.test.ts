import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfRepository, filesIn, plant, run } from '../../support/copy';
import { DIGEST, listen, manifests } from '../deploy/images/fake-registry';

jest.setTimeout(180_000);

const copy = copyOfRepository();
const PIN = `1@${DIGEST}`;
const REGISTRY = "'123456789012.dkr.ecr.eu-central-1.amazonaws.com'";
const PRODUCTION = 'charts/environments/production.ts';

const promote = (...args: string[]) =>
  run(copy, 'env', `DOCKER_CONFIG=${copy}`, 'node', 'tools/cli/bin.js', 'promote', ...args);
const pins = (environment: string) =>
  JSON.parse(readFileSync(join(copy, `charts/environments/images/${environment}.json`), 'utf8'));

/** Lets production pull from a registry of this machine. */
async function registryOf(answer = manifests()): Promise<void> {
  const { host } = await listen(answer);
  const text = readFileSync(join(copy, PRODUCTION), 'utf8');
  writeFileSync(join(copy, PRODUCTION), text.replace(/registry: '[^']*'/, `registry: '${host}/team'`));
}

beforeAll(() => {
  writeFileSync(join(copy, 'charts/environments/images/lab.json'), JSON.stringify({ chat: PIN }));
  plant(copy, PRODUCTION, `registry: ${REGISTRY}`, "registry: '127.0.0.1:1/team'");
});

describe('slipway promote', () => {
  it('refuses what the target registry lacks, and changes nothing', async () => {
    await registryOf((_, response) => response.writeHead(404).end());
    const before = filesIn(join(copy, 'dist'));
    const { exitCode, stderr } = await promote('lab', 'production', 'chat');
    expect({ exitCode, pins: pins('production').chat }).toEqual({ exitCode: 1, pins: 'unreleased' });
    expect(stderr).toMatch(
      /^production\.images\.pins\.chat: \S+\/team\/chat has no sha256:\S+; .*Push or copy it there/,
    );
    expect(filesIn(join(copy, 'dist'))).toEqual(before);
  });

  it('refuses everything where one image was never built', async () => {
    const { exitCode, stderr } = await promote('lab', 'production');
    expect({ exitCode, pins: pins('production').chat }).toEqual({ exitCode: 1, pins: 'unreleased' });
    expect(stderr).toMatch(/lab\.images\.pins\.hello: "unreleased" was never built/);
  });

  it('pins the target to what ran before, once its registry has it', async () => {
    await registryOf();
    const { exitCode, stdout } = await promote('lab', 'production', 'chat');
    expect({ exitCode, pins: pins('production').chat }).toEqual({ exitCode: 0, pins: PIN });
    expect(stdout).toContain(`  chat  unreleased → ${PIN}`);
    expect(readFileSync(join(copy, 'dist/production/workloads/20-chat.yaml'), 'utf8')).toContain(`/team/chat:${PIN}`);
  });

  it('of an image that nothing runs is a wrong command line', async () => {
    const { exitCode, stderr } = await promote('lab', 'production', 'chta');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: 'lab.images.pins.chta: nothing here runs an image of this name; did you mean `chat`?',
    });
  });
});
