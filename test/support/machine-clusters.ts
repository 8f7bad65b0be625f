import { loadAll } from 'js-yaml';
import type { Target } from '../../cluster/render/file';
import { type Cluster, cluster } from '../../cluster/spec';
import { lab } from '../../cluster/specs/lab';
import type { Rendered } from './rendered';

/** What may be given, as it is read again: nobody changes it. */
type Given<T> = T extends object ? { readonly [Field in keyof T]: Given<T[Field]> } : T;

type Facts = Parameters<typeof cluster>[0];
type Build = Extract<Facts['build'], { by: 'kubeadm' }>;

/** The lab with other facts. What was read once may be read again. */
export const labWith = (facts: Given<Partial<Facts>>): Cluster => cluster({ ...lab, ...facts } as Facts);

/** The lab with another build. */
export const labBuilt = (build: Given<Partial<Build>>, facts: Given<Partial<Facts>> = {}): Cluster =>
  labWith({ ...facts, build: { ...(lab.build as Build), ...build } });

/** The lab with another first worker. */
export const labWorker = (worker: Given<Partial<Facts['workers'][number]>>): Cluster =>
  labWith({ workers: lab.workers.map((one, index) => (index === 0 ? { ...one, ...worker } : one)) });

/** Paths of a target's files. */
export const pathsOf = (target: Target, of: Cluster): string[] => target(of).map(({ path }) => path);

/** The one file of that path; fails the test where there is none. */
export function contentOf(target: Target, of: Cluster, path: string): string {
  const found = target(of).filter((file) => file.path === path);
  if (found.length !== 1) throw new Error(`${found.length} files ${path}`);
  return found[0]?.content ?? '';
}

/** The documents of a YAML file. */
export const documentsOf = (target: Target, of: Cluster, path: string): Rendered[] =>
  loadAll(contentOf(target, of, path)) as Rendered[];
