import type { EndpointSlice } from 'kubernetes-types/discovery/v1';
import type { Typed } from '../../manifests/kinds';
import { podTemplateOf } from '../../manifests/pods';
import { carries } from '../../manifests/selectors';
import type { Manifest } from '../../render/order';
import type { Api, LiveObject } from '../api/client';
import type { Seen } from './scene';

export type Slice = Pick<LiveObject, 'metadata'> & Pick<EndpointSlice, 'endpoints'>;

export const readSlices = (api: Api, namespace: string): Promise<Slice[]> =>
  api.list<LiveObject & Slice>(`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`);

/** Services of a release that choose pods. */
export const choosing = (objects: readonly Manifest[]): Typed<'Service'>[] =>
  (objects as readonly Typed<'Service'>[]).filter(
    ({ kind, apiVersion, spec }) =>
      kind === 'Service' && apiVersion === 'v1' && Object.keys(spec?.selector ?? {}).length > 0,
  );

/** How many pods of a Service take requests. */
export const readyEndpoints = (service: string, slices: readonly Slice[]): number =>
  slices
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === service)
    .flatMap(({ endpoints }) => endpoints ?? [])
    // Where nothing is said, an endpoint counts as ready.
    .filter(({ conditions }) => conditions?.ready !== false).length;

/** Services that lead nowhere, but for those of workloads that are scaled to nothing. */
export function emptyServices(
  objects: readonly Manifest[],
  scene: readonly Seen[],
  slices: readonly Slice[],
): string[] {
  return choosing(objects)
    .filter(({ metadata }) => readyEndpoints(metadata.name, slices) === 0)
    .filter(({ spec }) => {
      const chosen = scene.filter(({ object }) => carries(podTemplateOf(object)?.labels ?? {}, spec?.selector ?? {}));
      return chosen.length === 0 || chosen.some(({ state }) => state.desired > 0);
    })
    .map(({ metadata }) => `Service ${metadata.name}: has no ready endpoint; expected one at least`);
}
