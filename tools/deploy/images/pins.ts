import { imagePin } from '../../parse/fields';
import { nearest, parse, Refused, settle, show } from '../../parse/parse';
import { compareText } from '../../render/order';

/** What an environment runs, by image: `tag` or `tag@sha256:…`. */
export type Pins = Readonly<Record<string, string>>;

/** Tag of an own image that nobody built yet. */
export const UNRELEASED = 'unreleased';

/** An image that an environment runs. */
export interface RunImage {
  readonly name: string;
  /** Built from this repository; otherwise a stock image. */
  readonly isOwn: boolean;
  /** Registry and path, no tag: `registry.example.com/team/chat`. */
  readonly repository: string;
  /** The environment's pin, or what its chart has. */
  readonly pin: string;
  /** Workloads that run it. */
  readonly workloads: readonly string[];
}

/** What pinning needs to know about an environment. */
export interface PinnedEnvironment {
  readonly name: string;
  /** Whether pods name images by tag or by digest. */
  readonly reference: 'tag' | 'digest';
  /** Those in the environment's file. */
  readonly pins: Pins;
  readonly images: readonly RunImage[];
}

/** File of an environment's pins, below the checkout. */
export const pinsPath = (environment: string): string => `charts/environments/images/${environment}.json`;

export const isUnreleased = (pin: string): boolean => tagOf(pin) === UNRELEASED;
export const tagOf = (pin: string): string => pin.split('@')[0] ?? '';
export const digestOf = (pin: string): string | undefined => pin.split('@')[1];

/**
 * The image of that name. @throws Refused with the nearest name that the environment runs.
 */
export function imageNamed({ name: environment, images }: PinnedEnvironment, name: string): RunImage {
  const found = images.find((image) => image.name === name);
  if (found) return found;
  const known = images.map((image) => image.name);
  throw new Refused([
    `${environment}.images.pins.${name}: nothing here runs an image of this name; ${nearest(name, known)}`,
  ]);
}

/**
 * Reads `image=tag[@digest]`, each by the rules of the environment.
 * @throws Refused with a line for every word that is none.
 */
export function readPins(environment: PinnedEnvironment, words: readonly string[]): Pins {
  const read = settle(words.map((word) => () => readWord(environment, word)));
  const names = read.map(([name]) => name);
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  if (twice.length > 0) {
    throw new Refused(
      [...new Set(twice)].map((name) => `${environment.name}.images.pins.${name}: is given twice; expected one pin`),
    );
  }
  return Object.fromEntries(read);
}

function readWord(environment: PinnedEnvironment, word: string): [name: string, pin: string] {
  const [, name, text] = /^([^=]+)=(.+)$/.exec(word) ?? [];
  if (name === undefined || text === undefined) {
    throw new Refused([
      `${environment.name}.images.pins: ${show(word)} is not image=tag[@digest]; expected such as chat=4f1c2a9`,
    ]);
  }
  const image = imageNamed(environment, name);
  const field = `${environment.name}.images.pins.${name}`;
  const pin = parse(imagePin, text, field);
  if (isUnreleased(pin)) {
    throw new Refused([
      `${field}: ${show(pin)} marks an image that nobody built; expected the tag of a build that was pushed`,
    ]);
  }
  if (environment.reference === 'digest' && digestOf(pin) === undefined) {
    throw new Refused([
      `${field}: ${show(pin)} has no digest; expected tag@sha256:…, because images.reference is "digest". The push printed it; the registry tells it, too: docker buildx imagetools inspect ${image.repository}:${pin}`,
    ]);
  }
  return [name, pin];
}

/** The environment's pins with these in place of their predecessors, in the order of their names. */
export const withPins = ({ pins }: PinnedEnvironment, given: Pins): Pins =>
  Object.fromEntries(Object.entries({ ...pins, ...given }).sort(([a], [b]) => compareText(a, b)));

/** Pins as their file has them: a line an image, so that a review shows which changed. */
export const formatPins = (pins: Pins): string => `${JSON.stringify(pins, null, 2)}\n`;

/** One image's pin before and after. */
export interface PinChange {
  readonly image: string;
  /** Missing where the chart's own was in force. */
  readonly before?: string;
  readonly after: string;
}

export const pinChanges = ({ pins }: PinnedEnvironment, after: Pins): PinChange[] =>
  Object.entries(after)
    .filter(([image, pin]) => pins[image] !== pin)
    .map(([image, pin]) => ({ image, ...(pins[image] !== undefined && { before: pins[image] }), after: pin }));
