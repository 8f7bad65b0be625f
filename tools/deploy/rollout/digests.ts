import { imageOf } from '../../diff/images';
import { containersOf, podTemplateOf } from '../../manifests/pods';
import type { Manifest } from '../../render/order';
import { containersSeen, type Seen, staying } from './scene';

/** An image as it was rendered for a container. */
export interface Rendered {
  readonly container: string;
  readonly image: string;
  /** `sha256:…`; undefined where only a tag says which one. */
  readonly digest: string | undefined;
}

/** Images of what a manifest runs; empty where it runs nothing. */
export function imagesOf(object: Manifest): Rendered[] {
  const template = podTemplateOf(object);
  if (!template) return [];
  return containersOf(template).map(({ container: { name, image = '' } }) => ({
    container: name,
    image,
    digest: imageOf(image).digest,
  }));
}

/**
 * Holds the digests that run against those that were rendered.
 * @returns `wrong`: other ones run; `unknown`: the kubelet has not said which.
 */
export function digestFaults({ object, newest }: Pick<Seen, 'object' | 'newest'>): {
  wrong: string[];
  unknown: string[];
} {
  const pinned = imagesOf(object).filter(({ digest }) => digest !== undefined);
  const [wrong, unknown]: [string[], string[]] = [[], []];
  for (const pod of staying(newest)) {
    for (const { container, digest = '' } of pinned) {
      const said = containersSeen(pod).find(({ name }) => name === container);
      const where = `Pod ${pod.metadata.name}: container ${container}`;
      if (said?.imageID) {
        if (!said.imageID.endsWith(digest)) wrong.push(`${where} runs ${said.imageID}; expected ${digest}`);
      } else {
        unknown.push(
          `Pod ${pod.metadata.name}: nobody says which image of container ${container} runs; expected ${digest}`,
        );
      }
    }
  }
  return { wrong, unknown };
}

/** Images that only a tag names, so that nobody can tell whether the right one runs. */
export const tagNotes = (objects: readonly Manifest[]): string[] => [
  ...new Set(
    objects.flatMap((object) =>
      imagesOf(object)
        .filter(({ digest }) => digest === undefined)
        .map(({ image }) => `${object.metadata.name}: ${image} is named by its tag; which digest runs was not checked`),
    ),
  ),
];
