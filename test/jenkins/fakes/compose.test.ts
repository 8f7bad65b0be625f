import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createOutside, type Outside, refusal } from './outside';

const FILE = `# two services
services:
  web:
    image: "shop/web:1"
    ports: ['80:80']
  worker:
    build: .
volumes:
  data:
`;

function prepared(file = FILE): Outside {
  const outside = createOutside();
  outside.write('compose.yaml', file);
  return outside;
}

const compose = (outside: Outside, ...words: string[]) =>
  outside.run('docker', 'compose', '--project-name', 'shop', '--file', 'compose.yaml', ...words);

/** Services that run, with the image of each. */
const running = (outside: Outside): Record<string, string> => {
  const folder = join(outside.state, 'compose/shop');
  return Object.fromEntries(readdirSync(folder).map((name) => [name, outside.read(join(folder, name))]));
};

describe('docker compose', () => {
  it('reads services and images of its files, the last one winning', async () => {
    const outside = prepared();
    expect((await compose(outside, 'config', '--services')).stdout).toBe('web\nworker');
    expect((await compose(outside, 'config', '--images')).stdout).toBe('shop/web:1');
    outside.write('before.yaml', 'services: {\n  "web": { image: "sha256:11", pull_policy: never },\n}\n');
    expect((await compose(outside, '--file', 'before.yaml', 'config', '--images')).stdout).toBe('sha256:11');
    expect((await compose(outside, 'config', '--quiet')).stdout).toBe('');
  });

  it('refuses a file that is not there, or names no service', async () => {
    expect((await compose(createOutside(), 'config')).stderr).toContain('open compose.yaml: no such file');
    expect((await compose(prepared('volumes:\n  data:\n'), 'config')).stderr).toBe('no service selected');
  });

  it('starts what it is told to, and says what runs', async () => {
    const outside = prepared();
    await compose(outside, 'up', '--detach', 'web');
    expect((await compose(outside, 'ps', '--services', '--status', 'running')).stdout).toBe('web');
    await compose(outside, 'up', '--detach', '--wait', '--wait-timeout', '5');
    expect(Object.keys(running(outside))).toEqual(['web', 'worker']);
    const { stdout: container } = await compose(outside, 'ps', '--quiet', 'web');
    const inspect = ['docker', 'inspect', '--format', '{{.Image}}'];
    expect((await outside.run(...inspect, container)).stdout).toBe(running(outside).web);
    expect((await outside.run(...inspect, 'another')).stderr).toContain('no such object: another');
  });

  it('gives another image another id, and takes an id as it is', async () => {
    const outside = prepared();
    await compose(outside, 'up', '--detach');
    const { web } = running(outside);
    outside.write('compose.yaml', FILE.replace('web:1', 'web:2'));
    await compose(outside, 'up', '--detach', '--no-recreate');
    expect(running(outside).web).toBe(web);
    await compose(outside, 'up', '--detach');
    expect(running(outside).web).not.toBe(web);
    outside.write('compose.yaml', FILE.replace('shop/web:1', 'sha256:11'));
    await compose(outside, 'up', '--detach');
    expect(running(outside).web).toBe('sha256:11');
  });

  it('says which service does not get healthy, where somebody waits', async () => {
    const outside = prepared(FILE.replace('web:1', 'web:unhealthy'));
    expect(await compose(outside, 'up', '--detach', '--wait')).toMatchObject({
      exitCode: 1,
      stderr: 'container shop-web-1 is unhealthy',
    });
    expect((await compose(outside, 'up', '--detach')).exitCode).toBe(0);
  });

  it('takes down what it is told to, and orphans where it may', async () => {
    const outside = prepared();
    await compose(outside, 'up', '--detach');
    await compose(outside, 'down', 'worker');
    expect(Object.keys(running(outside))).toEqual(['web']);
    outside.write('compose.yaml', FILE.replace('  web:', '  front:'));
    await compose(outside, 'up', '--detach', '--remove-orphans');
    expect(Object.keys(running(outside))).toEqual(['front', 'worker']);
    expect((await compose(outside, 'down', 'web')).stderr).toContain('no such service: web');
    await compose(outside, 'down');
    expect(running(outside)).toEqual({});
  });

  it('refuses a project without a name, and an `up` that never ends', async () => {
    const outside = prepared();
    expect((await outside.run('docker', 'compose', 'config')).stderr).toContain('the fake wants --project-name');
    expect(await compose(outside, 'up')).toEqual(refusal('without --detach'));
  });
});
