/** What the README shows is what the repository holds: copied once, and held here. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../tools/check/checks';
import { filesIn } from './support/copy';

const root = join(__dirname, '..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** The code block of a language that has a text. */
const block = (language: string, text: string): string =>
  readme.match(new RegExp(`\`\`\`${language}\n(?<body>[^\`]*${text}[^\`]*)\`\`\``))?.groups?.body ?? '';

/** Files of dist/ but those that machines are built from: the README names only their folders. */
const applied = (): string[] => Object.keys(filesIn(join(root, 'dist'))).filter((path) => !path.startsWith('cluster/'));

describe('the README', () => {
  it('shows the files of dist/ as they are', () => {
    const folders: string[] = [];
    const shown = block('text', 'dist/\n')
      .split('\n')
      .flatMap((line) => {
        const [, indent = '', name = ''] = /^((?:[│ ] {3}|[├└]── )*)(.+)$/.exec(line) ?? [];
        folders.splice(indent.length / 4);
        if (name.endsWith('/')) folders.push(name);
        return name === '' || name.endsWith('/') ? [] : [folders.slice(1).join('') + name];
      });
    expect(shown.sort()).toEqual(applied().sort());
  });

  it('names the folder of every cluster', () => {
    const folders = block('text', 'dist/\n')
      .split('\n')
      .filter((line) => line.startsWith('│   ') && line.endsWith('/'));
    const clusters = readdirSync(join(root, 'dist/cluster'));
    expect(clusters.filter((name) => !folders.some((line) => line.endsWith(`── ${name}/`)))).toEqual([]);
    expect(clusters.length).toBeGreaterThan(0);
  });

  it('shows a manifest as it is', () => {
    const manifests = readFileSync(join(root, 'dist/production/workloads/20-hello.yaml'), 'utf8').split('---\n');
    expect(manifests).toContain(block('yaml', 'kind: NetworkPolicy'));
  });

  it('counts the questions that are asked', () => {
    expect(readme).toContain(`: ${CHECKS.length} questions, offline`);
  });

  it('counts what a synth counts', () => {
    const inventories = Object.entries(filesIn(join(root, 'dist/inventory'))).filter(([path]) =>
      path.endsWith('.json'),
    );
    const objects = inventories.flatMap(([, text]) => JSON.parse(text).objects);
    const manifests = applied().filter((path) => path.endsWith('.yaml'));
    expect(readme).toContain(`dist/ holds ${objects.length} objects in ${manifests.length} files`);
  });
});
