import { containersOf, podTemplateOf } from '../../manifests/pods';
import type { Manifest } from '../../render/order';
import type { Answer, PreflightContext, Question } from './question';

/** Tag of an own image that nobody built: what charts render for one without a pin. */
const UNRELEASED = 'unreleased';

/** Every image is one that somebody built, and the same one tomorrow. */
export const imagesPinned: Question = {
  name: 'images',
  ask: async ({ bundle: { environment, workloads } }: PreflightContext): Promise<Answer> =>
    judgeImages(environment, workloads.objects),
};

/** An image reference in its parts. */
interface Image {
  readonly reference: string;
  /** Last part of the repository: the name by which it is pinned. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** `Deployment chat` */
  readonly usedBy: readonly string[];
}

/**
 * Judges the images of pods.
 * Which form an environment wants is not in its inventory, so it is read from what was rendered: charts write digests
 * for every image that has one, or strip all of them. One digest anywhere therefore means that all must have one.
 */
export function judgeImages(environment: string, objects: readonly Manifest[]): Answer {
  const images = imagesOf(objects);
  const withDigest = images.find(({ digest }) => digest !== undefined);
  const faults = images.flatMap((image) => {
    const fault = faultOf(image, withDigest);
    if (fault === undefined) return [];
    const pin = `${image.name}=<tag>${withDigest ? '@sha256:<digest>' : ''}`;
    return [
      `image ${image.reference} (${image.usedBy.join(', ')}) ${fault}. Next: \`slipway pin ${environment} ${pin}\``,
    ];
  });
  const byTag = withDigest || images.length === 0;
  return {
    faults,
    notes: byTag ? [] : [`images are named by tag alone: nobody can say whether what runs is what was built`],
  };
}

function faultOf({ tag, digest }: Image, withDigest: Image | undefined): string | undefined {
  if (tag === UNRELEASED) return 'was never built; expected a tag that a build pushed';
  if (tag === undefined) return 'has no tag; expected one that names a build';
  if (tag === 'latest') return 'is whatever was pushed last; expected a tag that names a build';
  if (digest === undefined && withDigest) {
    return `has no digest; expected one, as ${withDigest.reference} has: this environment names images by digest`;
  }
  return undefined;
}

/** Every image once, with the workloads that run it. */
function imagesOf(objects: readonly Manifest[]): Image[] {
  const users = new Map<string, Set<string>>();
  for (const object of objects) {
    const pod = podTemplateOf(object);
    for (const { container } of pod ? containersOf(pod) : []) {
      const reference = container.image ?? '';
      users.set(reference, (users.get(reference) ?? new Set()).add(`${object.kind} ${object.metadata.name}`));
    }
  }
  return [...users].map(([reference, usedBy]) => ({ ...split(reference), reference, usedBy: [...usedBy] }));
}

/** A colon before the last slash belongs to a registry's port. */
function split(reference: string): Pick<Image, 'name' | 'tag' | 'digest'> {
  const [named = '', digest] = reference.split('@');
  const last = named.slice(named.lastIndexOf('/') + 1);
  const [name = '', tag] = last.split(':');
  return { name, tag, digest };
}
