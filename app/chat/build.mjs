// Bundles the server into main.js and the page into page/, both below build/ or the folder that is named: node build.mjs [folder]
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { build } from 'esbuild';

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const target = process.argv[2] === undefined ? join(here, 'build') : resolve(process.argv[2]);

/** Names of assets carry a hash of what is in them, so that browsers may keep them for ever; index.html names them. */
async function buildPage() {
  const source = join(here, 'src/page');
  const { metafile } = await build({
    entryPoints: [join(source, 'main.ts'), join(source, 'style.css')],
    bundle: true,
    minify: true,
    format: 'esm',
    // The first versions with everything that the style uses.
    target: ['chrome111', 'firefox121', 'safari16.4'],
    loader: { '.svg': 'file' },
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: '/assets',
    outdir: join(target, 'page/assets'),
    metafile: true,
    logLevel: 'warning',
  });
  let page = await readFile(join(source, 'index.html'), 'utf8');
  for (const output of Object.keys(metafile.outputs)) {
    const name = basename(output);
    const written = `/assets/${name.replace(/-[A-Z0-9]{8}\./, '.')}`;
    if (!page.includes(`"${written}"`))
      throw new Error(`src/page/index.html: ${written} is missing; nothing would load ${name}`);
    page = page.replaceAll(`"${written}"`, `"/assets/${name}"`);
  }
  await writeFile(join(target, 'page/index.html'), page);
  // A server that runs from this folder goes on meanwhile: only now nobody needs the assets of before.
  const current = new Set(Object.keys(metafile.outputs).map((output) => basename(output)));
  for (const name of await readdir(join(target, 'page/assets'))) {
    if (!current.has(name)) await rm(join(target, 'page/assets', name));
  }
}

/** Packages stay packages, installed beside it; our own common code does not, because nobody installs that. */
async function buildServer() {
  const external = {
    name: 'external-packages',
    setup: ({ onResolve }) =>
      onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
        kind === 'entry-point' || path.startsWith('@slipway/common/') ? undefined : { path, external: true },
      ),
  };
  await build({
    entryPoints: [join(here, 'src/main.ts')],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    plugins: [external],
    outfile: join(target, 'main.js'),
    sourcemap: true,
    logLevel: 'warning',
  });
}

await Promise.all([buildPage(), buildServer()]);
