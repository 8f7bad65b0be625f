import type { Manifest } from '../../render/order';
import type { LiveObject } from '../api/client';
import { nameOf } from './conflicts';
import { MANAGED_BY, RELEASE_NAME, RELEASE_NAMESPACE } from './standing';

/** Who applies: Helm's release, or the administrator. */
export interface Owner {
  /** Field manager. */
  readonly manager: string;
  readonly release?: { readonly name: string; readonly namespace: string };
}

/** An object that is there already and that a release would have to take. */
export interface Foreign {
  /** `Deployment chat/hello` */
  readonly object: string;
  /** The release that it belongs to, as `namespace/name`; missing where it belongs to none. */
  readonly release?: string;
}

/** An object as it is sent: a release's with the marks that Helm adds. */
export function marked(object: Manifest, { release }: Owner): Manifest {
  if (!release) return object;
  const { metadata } = object;
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, [MANAGED_BY]: 'Helm' },
      annotations: { ...metadata.annotations, [RELEASE_NAME]: release.name, [RELEASE_NAMESPACE]: release.namespace },
    },
  };
}

/** Whether an object belongs to somebody else: Helm refuses it without `--take-ownership` (`pkg/action/validate.go`). */
export function foreignOf(live: LiveObject, { release }: Owner): Foreign | undefined {
  const { labels = {}, annotations = {} } = live.metadata;
  const [name, namespace] = [annotations[RELEASE_NAME], annotations[RELEASE_NAMESPACE]];
  const isHelms = labels[MANAGED_BY] === 'Helm' && name !== undefined && namespace !== undefined;
  if (release ? isHelms && name === release.name && namespace === release.namespace : !isHelms) return undefined;
  return { object: nameOf(live), ...(isHelms && { release: `${namespace}/${name}` }) };
}

/** `Deployment chat/hello: belongs to no release` */
export const showForeign = ({ object, release }: Foreign): string =>
  `${object}: is there already and belongs to ${release === undefined ? 'no release' : `release ${release}`}`;
