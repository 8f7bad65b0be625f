import { columns } from '../../manifests/columns';
import { digestOf, isUnreleased, type PinnedEnvironment, pinsPath, tagOf } from './pins';

/** A line of `slipway images`. */
export interface ListedImage {
  readonly name: string;
  readonly workloads: readonly string[];
  /** Registry and path. */
  readonly repository: string;
  readonly tag: string;
  readonly digest?: string;
  readonly isBuilt: boolean;
  /** File that pins it; missing where its chart does, or nobody. */
  readonly pinnedIn?: string;
}

export const listImages = ({ name: environment, images, pins }: PinnedEnvironment): ListedImage[] =>
  images.map(({ name, workloads, repository, pin }) => {
    const digest = digestOf(pin);
    return {
      name,
      workloads,
      repository,
      tag: tagOf(pin),
      ...(digest !== undefined && { digest }),
      isBuilt: !isUnreleased(pin),
      ...(pins[name] !== undefined && { pinnedIn: pinsPath(environment) }),
    };
  });

const HEADER = ['image', 'workloads', 'repository', 'tag', 'digest', 'pinned in'];

/** A table for a terminal. Digests are whole: they are there to be copied. */
export function showImages(images: readonly ListedImage[]): string {
  return `${columns([HEADER, ...images.map(cellsOf)]).join('\n')}\n`;
}

const cellsOf = ({ name, workloads, repository, tag, digest, isBuilt, pinnedIn }: ListedImage): string[] => [
  name,
  workloads.join(', '),
  repository,
  isBuilt ? tag : `${tag} (never built)`,
  digest ?? '-',
  pinnedIn ?? (isBuilt ? 'the chart' : '-'),
];
