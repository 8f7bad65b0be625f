import { appendFileSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import execa from 'execa';
import { RUN } from '../../api/harness/addresses';

/** Something that reached the server, with what ran at that moment. */
export interface Push {
  readonly ref: string;
  readonly commit: string;
  /** Image of every Deployment that was there, by name. */
  readonly running: Readonly<Record<string, string>>;
}

/** A repository on a server: bare, with one branch that is delivered. */
export interface Origin {
  readonly url: string;
  /** Commit at the tip of `main`. */
  head(branch?: string): Promise<string>;
  /** Every branch with its commit: what anybody pushed shows here. */
  heads(): Promise<string>;
  /** Text of a file at the tip of `main`. */
  read(path: string): Promise<string>;
  git(...words: string[]): Promise<string>;
  /** What was pushed since `watch`. */
  readonly pushes: readonly Push[];
  /** From now on, the server looks at what runs whenever somebody pushes. @param kubeconfig of somebody who may. */
  watch(kubeconfig: string, namespace: string): void;
}

/** Puts what a checkout has committed onto a server. */
export async function createOrigin(checkout: { readonly folder: string }): Promise<Origin> {
  const url = join(mkdtempSync(join(RUN, 'origin-')), 'project.git');
  await execa('git', ['init', '--quiet', '--bare', '--initial-branch', 'main', url]);
  await execa('git', ['push', '--quiet', url, 'HEAD:refs/heads/main'], { cwd: checkout.folder });
  const seen = join(url, 'pushes');
  const git = async (...words: string[]) => (await execa('git', ['--git-dir', url, ...words])).stdout;
  return {
    url,
    git,
    head: (branch = 'main') => git('rev-parse', `refs/heads/${branch}`),
    heads: () => git('for-each-ref', '--format', '%(refname) %(objectname)'),
    read: (path) => git('show', `main:${path}`),
    get pushes() {
      if (!existsSync(seen)) return [];
      return readFileSync(seen, 'utf8').trimEnd().split('\n').filter(Boolean).map(readPush);
    },
    watch: (kubeconfig, namespace) => {
      writeFileSync(join(url, 'hooks/post-receive'), hook({ seen, kubeconfig, namespace }), { mode: 0o755 });
      appendFileSync(seen, '');
    },
  };
}

/** The server's own look at the cluster: one line for each ref, `ref commit name=image …`. */
const hook = ({
  seen,
  kubeconfig,
  namespace,
}: Record<'seen' | 'kubeconfig' | 'namespace', string>): string => `#!/bin/sh
running=$(kubectl --kubeconfig '${kubeconfig}' --namespace '${namespace}' get deployments \\
  --output 'jsonpath={range .items[*]}{.metadata.name}={.spec.template.spec.containers[0].image} {end}')
while read -r before after ref; do echo "$ref $after $running" >>'${seen}'; done
`;

function readPush(line: string): Push {
  const [ref = '', commit = '', ...words] = line.trim().split(' ');
  return { ref, commit, running: Object.fromEntries(words.map((word) => word.split('='))) };
}
