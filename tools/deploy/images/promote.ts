import { Refused } from '../../parse/parse';
import {
  digestOf,
  imageNamed,
  isUnreleased,
  type PinnedEnvironment,
  type Pins,
  pinsPath,
  type RunImage,
  tagOf,
} from './pins';
import type { Registry } from './registry';

/** An image that goes from one environment to another. */
export interface Promotion {
  readonly from: RunImage;
  readonly to: RunImage;
}

/**
 * The images to promote: those that are named, else every own image that both run.
 * @throws Refused with the nearest name where one of them runs no such image, or where there is nothing to promote.
 */
export function promotions(from: PinnedEnvironment, to: PinnedEnvironment, names: readonly string[]): Promotion[] {
  if (from.name === to.name) {
    throw new Refused([`promote: ${from.name} stands on both sides; expected two environments`]);
  }
  if (names.length > 0) {
    return [...new Set(names)].map((name) => ({ from: imageNamed(from, name), to: imageNamed(to, name) }));
  }
  const both = from.images.flatMap((image) => {
    const other = to.images.find(({ name }) => name === image.name);
    return image.isOwn && other?.isOwn ? [{ from: image, to: other }] : [];
  });
  if (both.length === 0) {
    throw new Refused([
      `promote: ${from.name} and ${to.name} have no image of this repository in common; expected names of images that both run`,
    ]);
  }
  return both;
}

/**
 * Pins that the target gets. Where the target pulls from another registry, that one must have the same content.
 * @throws Refused with a line for every image that cannot go.
 */
export async function promotedPins(
  from: PinnedEnvironment,
  to: PinnedEnvironment,
  images: readonly Promotion[],
  registry: Registry,
): Promise<Pins> {
  const found = await Promise.all(images.map((image) => obstacle(from, to, image, registry)));
  const faults = found.filter((fault) => fault !== undefined);
  if (faults.length > 0) throw new Refused(faults);
  return Object.fromEntries(images.map((image) => [image.from.name, image.from.pin]));
}

/** Why an image cannot go; undefined where it can. */
async function obstacle(
  from: PinnedEnvironment,
  to: PinnedEnvironment,
  { from: { name, pin, repository }, to: { repository: target } }: Promotion,
  registry: Registry,
): Promise<string | undefined> {
  const field = `${from.name}.images.pins.${name}`;
  if (isUnreleased(pin)) {
    return `${field}: "${pin}" was never built; expected a build that ${from.name} ran (${pinsPath(from.name)}). Then: slipway pin ${from.name} ${name}=<tag>${from.reference === 'digest' ? '@<digest>' : ''}`;
  }
  const digest = digestOf(pin);
  if (digest === undefined && (to.reference === 'digest' || target !== repository)) {
    const why = to.reference === 'digest' ? `${to.name} names images by digest` : `${to.name} has another registry`;
    return `${field}: "${pin}" has no digest; expected tag@sha256:…, because ${why}. ${nextStep(from, name, pin)}`;
  }
  if (digest === undefined || target === repository) return undefined;
  return absence(to, name, pin, target, registry);
}

function nextStep({ name: environment, reference }: PinnedEnvironment, image: string, pin: string): string {
  const resolve = `slipway images ${environment} --resolve`;
  return reference === 'digest'
    ? `Ask its registry: ${resolve}`
    : `Its registry tells it: ${resolve}; then: slipway pin ${environment} ${image}=${pin}@<digest>`;
}

/** What keeps another registry from serving the pin: nobody copied it there, or nobody answers. */
async function absence(
  to: PinnedEnvironment,
  name: string,
  pin: string,
  target: string,
  registry: Registry,
): Promise<string | undefined> {
  const digest = digestOf(pin) ?? '';
  const where = `${to.name}.images.pins.${name}`;
  const pinIt = `slipway pin ${to.name} ${name}=${pin}`;
  // Pods that name a tag get what the tag has.
  const reference = to.reference === 'digest' ? digest : tagOf(pin);
  try {
    const there = await registry.digestOf(target, reference);
    if (there === digest) return undefined;
    return there === undefined
      ? `${where}: ${target} has no ${reference}; expected what was tested. Push or copy it there with all its architectures, then promote again`
      : `${where}: ${target}:${reference} is ${there}; expected ${digest}, which was tested. Copy it there, then promote again`;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return `${where}: nobody knows whether ${target} has ${digest}: ${error.message}. Promote where it answers; or push or copy the image there, then: ${pinIt}`;
  }
}
