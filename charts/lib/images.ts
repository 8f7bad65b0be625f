import { nearest, Refused } from '../../tools/parse/parse';
import type { Environment } from '../environments/schema';
import type { Workload } from '../environments/workload';

/** Tag of an own image that nobody built yet. `slipway deploy` refuses it. */
const UNRELEASED = 'unreleased';

/** An image that a container runs: `app` is one of this repository's, `stock` a library image of Docker Hub. */
export type Image =
  | { readonly app: string }
  | {
      /** `redis:8.2.1@sha256:…`: the tested release, which an environment's pin replaces. */
      readonly stock: string;
    };

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
  const pin = images.pins[name] ?? ('app' in image ? UNRELEASED : split(image.stock).pin);
  const repository = 'app' in image ? `${images.registry}/${name}` : `${images.mirror ?? 'docker.io'}/library/${name}`;
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
  const used = new Set(workloads.flatMap((workload) => workload.images));
  return Object.keys(images.pins)
    .filter((pin) => !used.has(pin))
    .map(
      (pin) =>
        `${name}.images.pins.${pin}: nothing here runs this image; ${nearest(pin, [...used])} (charts/environments/images/${name}.json)`,
    );
}

function split(stock: string): { name: string; pin: string } {
  const at = stock.indexOf(':');
  return { name: stock.slice(0, at), pin: stock.slice(at + 1) };
}
