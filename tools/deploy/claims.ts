import type { Manifest } from '../render/order';
import type { Api } from './api/client';

/** Names of the claims that a StatefulSet's pods made; they outlive it. */
export function claimsOf(statefulSet: Manifest, claims: readonly string[]): string[] {
  const { spec } = statefulSet as Manifest & {
    readonly spec?: { readonly volumeClaimTemplates?: readonly { readonly metadata?: { readonly name?: string } }[] };
  };
  const made = (spec?.volumeClaimTemplates ?? []).map(
    ({ metadata }) => `${metadata?.name}-${statefulSet.metadata.name}-`,
  );
  return claims.filter((claim) =>
    made.some((start) => claim.startsWith(start) && /^\d+$/.test(claim.slice(start.length))),
  );
}

/** Claims that stay when objects go: those of StatefulSets, and those that Helm keeps. */
export async function keptClaims(api: Api, namespace: string, gone: readonly Manifest[]): Promise<string[]> {
  if (!gone.some(({ kind }) => kind === 'StatefulSet' || kind === 'PersistentVolumeClaim')) return [];
  const claims = (await api.list(`/api/v1/namespaces/${namespace}/persistentvolumeclaims`)).map(
    ({ metadata }) => metadata.name,
  );
  return gone.flatMap((object) => {
    if (object.kind === 'StatefulSet') return claimsOf(object, claims);
    return object.kind === 'PersistentVolumeClaim' && isKept(object)
      ? claims.filter((name) => name === object.metadata.name)
      : [];
  });
}

const isKept = ({ metadata }: Manifest): boolean => metadata.annotations?.['helm.sh/resource-policy'] === 'keep';

/** Deletes claims, and with them what they hold, as far as their class's reclaim policy goes. */
export async function deleteClaims(api: Api, namespace: string, claims: readonly string[]): Promise<void> {
  for (const claim of claims) {
    await api.ask('DELETE', `/api/v1/namespaces/${namespace}/persistentvolumeclaims/${claim}`);
  }
}
