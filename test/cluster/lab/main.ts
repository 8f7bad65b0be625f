import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { delimiter, join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import execa from 'execa';
import { Refused } from '../../../tools/parse/parse';
import { pause } from './clock';
import { EVENTS } from './events';
import { waitForCalm } from './load';

const PROGRAMS = ['haproxy', 'keepalived', 'curl', 'ip', 'nsenter', 'unshare'];

const names = EVENTS.map(({ name }) => name);

/** `npm run lab:balancers`: whether clients survive what happens to balancers and API servers, and how long they wait. */
new Command('npm run lab:balancers --')
  .description('Let events happen to balancers with the rendered files, and hold what clients saw against budgets.')
  .addArgument(new Argument('[event...]', 'which events').choices(names).default(names, 'all of them'))
  .addOption(
    new Option('--files <whose>', 'seed: of a well-known guide, which the lab has to find over budget')
      .choices(['rendered', 'seed'])
      .default('rendered'),
  )
  .addHelpText('after', '\nExit codes:\n  0  within budget\n  1  over budget twice, or it could not run')
  .action(async (events: readonly string[], { files }: { readonly files: string }) => {
    try {
      requireParts();
      await waitForCalm({ load: () => loadavg()[0] ?? 0, pause, print: console.log });
      const started = performance.now();
      process.exitCode = await runInNamespaces([files, ...events]);
      const took = ((performance.now() - started) / 1000).toFixed(0);
      console.log(`${took} s, load ${(loadavg()[0] ?? 0).toFixed(1)}`);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      console.error(error.message);
      process.exitCode = 1;
    }
  })
  .parseAsync();

/** @throws Refused where this machine or this user cannot run the lab. */
function requireParts(): void {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  const missing = PROGRAMS.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
  const faults = missing.map((name) => `${name}: is not installed; expected it on PATH. See docs/cluster.md`);
  if (process.getuid?.() !== 0) faults.push('user: is not root; expected root, who may make network namespaces');
  if (faults.length > 0) throw new Refused(faults);
}

/** Addresses, mounts and processes of the lab are in namespaces that end with it, however this process ends. */
async function runInNamespaces(words: readonly string[]): Promise<number> {
  const isolated = ['--net', '--pid', '--fork', '--kill-child', '--mount', '--mount-proc'];
  const inside = ['bash', join(__dirname, 'inside.sh'), process.execPath, '-r', 'ts-node/register'];
  const lab = execa('unshare', [...isolated, ...inside, join(__dirname, 'inside.ts'), ...words], {
    stdio: ['pipe', 'inherit', 'inherit'],
    reject: false,
    env: { PATH: `${process.env.PATH}${delimiter}/usr/sbin${delimiter}/sbin` },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => lab.stdin?.end());
  return (await lab).exitCode;
}
