import type { Cluster } from './cluster';

/** Versions of everything that a release brings, by `kind/name`: equal means that nothing was written. */
export async function releasedVersions({ api, inventory }: Cluster): Promise<Readonly<Record<string, string>>> {
  const released = inventory.objects.filter(({ file }) => file.startsWith('workloads/'));
  const found = await Promise.all(
    released.map(async ({ apiVersion, kind, name, namespace }) => {
      const path = await api.pathOf({ apiVersion, kind, metadata: { name, ...(namespace && { namespace }) } });
      return [`${kind}/${name}`, (await api.get(path)).metadata.resourceVersion ?? ''] as const;
    }),
  );
  return Object.fromEntries(found);
}
