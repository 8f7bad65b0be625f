import { nearest, Refused } from '../../tools/parse/parse';
import type { Environment } from '../environments/schema';
import type { Image, Workload } from '../environments/workload';

export type { Image };

/** Tag of an own image that nobody built yet. `slipway deploy` refuses it. */
const UNRELEASED = 'unreleased';

export interface ResolvedImage {
  readonly reference: string;
  /** Tag; label value of `app.kubernetes.io/version`. */
  readonly version: string;
}

/** Name under which an environment pins the image. */
export const imageName = (image: Image): string => ('app' in image ? image.app : split(image.stock).name);

/**
 * What the pod template names.
 * @throws Refused where the environment wants digests and a released image has none.
 */
export function resolveImage({ name: environment, images }: Environment, image: Image): ResolvedImage {
  const name = imageName(image);
  const pin = pinOf(images, image);
  const repository = repositoryOf(images, image);
  const [version = '', digest] = pin.split('@');
  if (images.reference === 'tag') return { reference: `${repository}:${version}`, version };
  if (digest === undefined && version !== UNRELEASED) {
    throw new Refused([
      `${environment}.images.pins.${name}: "${pin}" has no digest; expected tag@sha256:…, because images.reference is "digest" (charts/environments/images/${environment}.json)`,
    ]);
  }
  return { reference: `${repository}:${pin}`, version };
}

/** Pins that no image answers to: a misspelt one would leave another release running than the file says. */
export function unusedPins({ name, images }: Environment, workloads: readonly Workload[]): string[] {
  const used = new Set(workloads.flatMap((workload) => workload.images.map(imageName)));
  return Object.keys(images.pins)
    .filter((pin) => !used.has(pin))
    .map(
      (pin) =>
        `${name}.images.pins.${pin}: nothing here runs this image; ${nearest(pin, [...used])} (charts/environments/images/${name}.json)`,
    );
}

/** An image of an environment, whoever runs it. */
export interface RunImage {
  readonly name: string;
  /** Built from this repository; otherwise a library image of Docker Hub. */
  readonly isOwn: boolean;
  /** Registry and path, no tag. */
  readonly repository: string;
  /** `tag` or `tag@sha256:…`; `unreleased` where nobody built it yet. */
  readonly pin: string;
  /** Workloads that run it. */
  readonly workloads: readonly string[];
}

/** Every image that an environment runs, by name. */
export function runImages({ images }: Environment, workloads: readonly Workload[]): RunImage[] {
  const known = new Map(workloads.flatMap((workload) => workload.images.map((image) => [imageName(image), image])));
  return [...known]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, image]) => ({
      name,
      isOwn: 'app' in image,
      repository: repositoryOf(images, image),
      pin: pinOf(images, image),
      workloads: workloads
        .filter((workload) => workload.images.some((one) => imageName(one) === name))
        .map((workload) => workload.name),
    }));
}

const pinOf = ({ pins }: Environment['images'], image: Image): string =>
  pins[imageName(image)] ?? ('app' in image ? UNRELEASED : split(image.stock).pin);

const repositoryOf = ({ registry, mirror }: Environment['images'], image: Image): string =>
  'app' in image ? `${registry}/${image.app}` : `${mirror ?? 'docker.io'}/library/${imageName(image)}`;

function split(stock: string): { name: string; pin: string } {
  const at = stock.indexOf(':');
  return { name: stock.slice(0, at), pin: stock.slice(at + 1) };
}
