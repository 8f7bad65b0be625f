/**
 * The images, rehearsed: no container engine was at hand, so the steps of each Dockerfile are performed as they are
 * written, and what they leave is started as a pod starts it. No image was built, and nothing of the base image ran.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { freePort } from '../../support/port';
import { podOf, type Rehearsed, rehearse } from './rehearsal';
import { type Cell, confine } from './sandbox';

const repository = join(__dirname, '../../..');
const lock: { packages: Record<string, { dev?: boolean }> } = JSON.parse(
  readFileSync(join(repository, 'package-lock.json'), 'utf8'),
);

/** Each image once: installing its packages takes long. */
const images = new Map<string, Promise<Rehearsed>>();
function rehearsed(name: string): Promise<Rehearsed> {
  const dockerfile = () => readFileSync(join(repository, `app/${name}/Dockerfile`), 'utf8');
  const image = images.get(name) ?? rehearse(repository, dockerfile());
  images.set(name, image);
  return image;
}

/** Processes of cells that have not ended. */
const running = new Set<ChildProcess>();
afterEach(async () => {
  for (const child of running) {
    const ended = once(child, 'exit');
    // Not unshare itself: the kernel forgets whom to take along once that one is another user.
    process.kill(firstOf(child), 'SIGKILL');
    await ended;
  }
});

/** Runs a command of an image to its end. */
function runIn(cell: Cell, ...command: string[]) {
  const { file, args, env } = confine(cell, command);
  return execa(file, args, { env, extendEnv: false, reject: false });
}

/** Starts what the image starts; it is asked at loopback once it says that it listens. */
async function start(image: Rehearsed) {
  const port = await freePort();
  const { file, args, env } = confine(podOf(image, { HOST: '127.0.0.1', PORT: String(port) }), image.config.entrypoint);
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  const ended = once(child, 'exit').finally(() => running.delete(child));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('listening') && resolve());
    void ended.then(([code]) => reject(new Error(`it ended with ${code}`)));
  });
  const address = `http://127.0.0.1:${port}`;
  return { child, ended, address, get: (path: string) => fetch(`${address}${path}`) };
}

/** Process 1 of the namespace, by its number outside. */
const firstOf = ({ pid }: ChildProcess): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));

jest.setTimeout(300_000);

describe.each(['chat', 'hello'])('the image of %s', (name) => {
  let image: Rehearsed;
  beforeAll(async () => {
    image = await rehearsed(name);
  });

  it('lives and is ready as user 10001 on a root that it cannot write to, and ends in order', async () => {
    const { child, ended, get } = await start(image);
    expect((await get('/health')).status).toBe(200);
    expect((await get('/ready')).status).toBe(200);
    process.kill(firstOf(child), 'SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('gives its process nothing to write to but /tmp', async () => {
    const script = `
      const { writeFileSync } = require('node:fs');
      const write = (path) => { try { writeFileSync(path, ''); return 'written'; } catch ({ code }) { return code; } };
      console.log(JSON.stringify({
        user: [process.getuid(), process.getgid()], pid: process.pid, folder: process.cwd(),
        tmp: write('/tmp/a'), root: write('/a'), own: write('app/${name}/build/a'), machine: write('/etc/a'),
      }));`;
    const { stdout, stderr } = await runIn(podOf(image), 'node', '--eval', script);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      user: [10001, 10001],
      pid: 1,
      folder: '/srv',
      tmp: 'written',
      root: 'EROFS',
      own: 'EROFS',
      machine: 'EROFS',
    });
  });

  it('answers what follows its name', async () => {
    const { stdout, exitCode } = await runIn(podOf(image), ...image.config.entrypoint, '--help');
    expect(stdout).toContain(`${name}: `);
    expect(exitCode).toBe(0);
  });

  it('holds the packages that it runs with, and none that builds, checks or tests it', () => {
    const { packages } = JSON.parse(readFileSync(join(image.root, 'srv/node_modules/.package-lock.json'), 'utf8'));
    const installed = Object.keys(packages).filter((path) => existsSync(join(image.root, 'srv', path)));
    expect(installed).toContain('node_modules/fastify');
    expect(installed.filter((path) => lock.packages[path]?.dev !== undefined)).toEqual([]);
    const forbidden =
      /(^|\/)node_modules\/(typescript\d?|@typescript|esbuild|@esbuild|npm|ts-node|@swc|jest|@slipway)(\/|$)/;
    expect(filesBelow(join(image.root, 'srv')).filter((path) => forbidden.test(path))).toEqual([]);
  });

  it('holds no source and no manifest of ours, and no package manager', () => {
    const own = filesBelow(join(image.root, 'srv')).filter((path) => !path.includes('/node_modules/'));
    expect(own.filter((path) => /\.tsx?$|package(-lock)?\.json$|\.npmrc$/.test(path))).toEqual([]);
    expect(readdirSync(join(image.root, 'usr/local/bin'))).toEqual(['node']);
    expect(readdirSync(join(image.root, 'usr/local/lib'))).toEqual([]);
    expect(readdirSync(join(image.root, 'opt'))).toEqual([]);
  });

  it('holds no file that its user owns or may write to', () => {
    const loose = filesBelow(join(image.root, 'srv'))
      .map((path) => ({ path, stats: lstatSync(path) }))
      .filter(({ stats }) => !stats.isSymbolicLink() && (stats.uid === 10001 || (stats.mode & 0o022) !== 0));
    expect(loose.map(({ path }) => path)).toEqual([]);
  });
});

describe('the image of chat', () => {
  it('brings its page, and what hashes passwords', async () => {
    const { get, address } = await start(await rehearsed('chat'));
    const page = await (await get('/')).text();
    const [, script] = /<script[^>]* src="([^"]+)"/.exec(page) ?? [];
    expect((await get(script ?? '')).headers.get('content-type')).toContain('javascript');
    const answer = await fetch(`${address}/register`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: address },
      body: JSON.stringify({ name: 'ada', password: 'at least eight letters' }),
    });
    expect(answer.status).toBe(201);
  });
});
