import type { Cluster } from '../schema';

/** A file of dist/cluster/<cluster>, by its path there. */
export interface RenderedFile {
  readonly path: string;
  readonly content: string;
}

/** What one target needs of a cluster; nothing where the cluster has none of it. */
export type Target = (cluster: Cluster) => readonly RenderedFile[];

/** A file as it lies on a machine: below its folder the path is the machine's own. */
export const onMachine = (machine: string, path: string, content: string): RenderedFile => ({
  path: `nodes/${machine}/root${path}`,
  content,
});
