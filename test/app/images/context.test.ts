import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '../../support/copy';
import { filesOfContext } from './context';

const root = join(__dirname, '../../..');

/** A folder with files, and the repository's own rules. */
function folderWith(...paths: string[]): string {
  const folder = temporaryFolder();
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), '');
  }
  copyFileSync(join(root, '.dockerignore'), join(folder, '.dockerignore'));
  return folder;
}

describe('what an image is built of', () => {
  it('is manifests, the lock file and sources', () => {
    const admitted = ['.npmrc', 'app/notes/package.json', 'app/notes/src/a/b.ts', 'package-lock.json', 'package.json'];
    expect(filesOfContext(folderWith(...admitted))).toEqual(admitted);
  });

  it.each([
    '.git/config',
    '.env',
    'secrets/session_key',
    'node_modules/redis/package.json',
    'app/chat/node_modules/redis/package.json',
    'app/chat/build/main.js',
    'app/chat/Dockerfile',
    'app/chat/.env',
    'test/app/chat/page.test.ts',
    'dist/kind/workloads/20-chat.yaml',
    'compose.yaml',
  ])('is never %s', (path) => {
    expect(filesOfContext(folderWith(path))).toEqual([]);
  });
});
