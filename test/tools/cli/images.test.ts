import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { copyOfRepository, filesIn, run } from '../../support/copy';
import { DIGEST, listen, manifests } from '../deploy/images/fake-registry';

jest.setTimeout(180_000);

const FILE = 'charts/environments/images/lab.json';
const LAB = 'charts/environments/lab.ts';

const copy = copyOfRepository();
const images = (...args: string[]) =>
  run(copy, 'env', `DOCKER_CONFIG=${copy}`, 'node', 'tools/cli/bin.js', 'images', ...args);

/** Lets the lab run these pins from this machine's registry, which has `team/chat:1` and no redis. */
async function lab(pins: object, answer = manifests()): Promise<void> {
  const { host } = await listen(answer);
  const text = readFileSync(join(copy, LAB), 'utf8');
  writeFileSync(join(copy, LAB), text.replace(/const registry = '[^']*'/, `const registry = '${host}/team'`));
  writeFileSync(join(copy, FILE), JSON.stringify(pins));
}

describe('slipway images', () => {
  it('lists what runs, and reads no registry', async () => {
    await lab({ chat: `1@${DIGEST}` }, () => {
      throw new Error('was asked');
    });
    const { exitCode, stdout } = await images('lab', '--json');
    expect({ exitCode, ...JSON.parse(stdout) }).toEqual({
      exitCode: 0,
      environment: 'lab',
      images: [
        expect.objectContaining({ name: 'chat', workloads: ['chat'], tag: '1', digest: DIGEST, pinnedIn: FILE }),
        expect.objectContaining({ name: 'hello', isBuilt: false }),
        expect.objectContaining({ name: 'redis', repository: expect.stringMatching(/\/team\/library\/redis$/) }),
      ],
    });
  });

  it('of an environment that there is not ends with 2', async () => {
    expect(await images('lob')).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining('`lab`') });
  });
});

describe('slipway images --resolve', () => {
  it('pins the digest of a tag, and ends with 1 where another image is missing', async () => {
    await lab({ chat: '1' });
    const { exitCode, stdout } = await images('lab', '--resolve');
    expect({ exitCode, pins: JSON.parse(readFileSync(join(copy, FILE), 'utf8')) }).toEqual({
      exitCode: 1,
      pins: { chat: `1@${DIGEST}` },
    });
    expect(stdout).toMatch(/\nchat: resolved: .*\nhello: never built: .*\nredis: missing: .*no longer in the registry/);
    expect(readFileSync(join(copy, 'dist/lab/workloads/20-chat.yaml'), 'utf8')).toContain(`/team/chat:1@${DIGEST}`);
  });

  it('tells what it found where pinning it is refused: another pin still lacks its digest', async () => {
    await lab({ chat: '1', hello: 'gone' });
    const { exitCode, stdout, stderr } = await images('lab', '--resolve');
    expect({ exitCode, pins: JSON.parse(readFileSync(join(copy, FILE), 'utf8')) }).toEqual({
      exitCode: 1,
      pins: { chat: '1', hello: 'gone' },
    });
    expect(stdout).toMatch(/\nchat: resolved: .*\nhello: missing: .* is not in the registry/);
    expect(stderr).toMatch(/^lab\.images\.pins\.hello: "gone" has no digest/);
  });

  it('writes nothing where everything is as pinned', async () => {
    const everything = (request: Parameters<ReturnType<typeof manifests>>[0], ...rest: [never, string]) => {
      const reference = request.url?.split('/').at(-1) ?? '';
      request.url = `/v2/team/chat/manifests/${reference}`;
      manifests()(request, ...rest);
    };
    await lab({ chat: `1@${DIGEST}`, redis: `1@${DIGEST}` }, everything as ReturnType<typeof manifests>);
    const before = filesIn(join(copy, 'dist'));
    const { exitCode, stdout } = await images('lab', '--resolve', '--json');
    expect({ exitCode, states: JSON.parse(stdout).resolutions.map(({ state }: { state: string }) => state) }).toEqual({
      exitCode: 0,
      states: ['as pinned', 'never built', 'as pinned'],
    });
    expect(filesIn(join(copy, 'dist'))).toEqual(before);
  });
});
