import execa from 'execa';
import { temporaryFolder } from '../../../support/copy';
import { put } from '../../../support/trees';

export const git = (folder: string, ...words: string[]): string =>
  execa.sync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...words], { cwd: folder }).stdout;

/** A repository with one commit that holds these files. */
export function repositoryOf(files: Record<string, string>): string {
  const folder = temporaryFolder();
  git(folder, 'init', '--quiet', '--initial-branch=main');
  for (const [path, text] of Object.entries(files)) put(folder, path, text);
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=one');
  return folder;
}

/** A checkout as slipway knows one, in which everything is committed. */
export const checkout = (): string =>
  repositoryOf({
    '.gitignore': '/secrets/\n',
    'main.ts': 'x\n',
    'charts/environments/lab.ts': 'x\n',
    'charts/environments/images/lab.json': '{}\n',
    'dist/inventory/lab.json': '{}\n',
    'dist/lab/workloads/20-chat.yaml': 'x\n',
    'dist/kind/workloads/20-chat.yaml': 'x\n',
  });
