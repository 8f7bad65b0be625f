import { Refused } from '../../parse/parse';
import { digestOf, isUnreleased, type PinnedEnvironment, type Pins, type RunImage, tagOf } from './pins';
import type { Registry } from './registry';

/** What a registry says of an image that an environment runs. */
export interface Resolution {
  readonly image: string;
  readonly state: 'never built' | 'resolved' | 'as pinned' | 'tag moved' | 'tag gone' | 'missing' | 'unknown';
  /** What the tag has now, where the registry told. */
  readonly digest?: string;
  /** For people: what is so, and what to do. */
  readonly says: string;
}

/** States in which the environment could not be deployed as it is, or nobody knows. */
export const isTrouble = ({ state }: Resolution): boolean => state === 'missing' || state === 'unknown';

/** Asks for every image that was built; one registry that does not answer keeps nobody else's answer back. */
export const resolveImages = (environment: PinnedEnvironment, registry: Registry): Promise<Resolution[]> =>
  Promise.all(environment.images.map((image) => resolution(environment, image, registry)));

async function resolution(environment: PinnedEnvironment, image: RunImage, registry: Registry): Promise<Resolution> {
  const { name, pin, repository } = image;
  if (isUnreleased(pin)) return { image: name, state: 'never built', says: 'nobody built it yet' };
  const [tag, pinned] = [tagOf(pin), digestOf(pin)];
  try {
    const [digest, there] = await Promise.all([
      registry.digestOf(repository, tag),
      pinned === undefined ? undefined : registry.digestOf(repository, pinned),
    ]);
    if (pinned === undefined) return resolved(name, `${repository}:${tag}`, digest);
    return { image: name, ...(digest !== undefined && { digest }), ...held(image, digest, there) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const otherwise = pinned === undefined ? `, or: slipway pin ${environment.name} ${name}=${tag}@<digest>` : '';
    return { image: name, state: 'unknown', says: `${error.message}. Ask where it answers${otherwise}` };
  }
}

const resolved = (image: string, reference: string, digest: string | undefined): Resolution =>
  digest === undefined
    ? { image, state: 'missing', says: `${reference} is not in the registry; push it, or pin a tag that is` }
    : { image, state: 'resolved', digest, says: `${reference} is ${digest}` };

/** What became of a pin that has a digest. */
function held(
  { pin, repository }: RunImage,
  tagged: string | undefined,
  there: string | undefined,
): Pick<Resolution, 'state' | 'says'> {
  const [tag, digest] = [tagOf(pin), digestOf(pin)];
  if (there === undefined) {
    return {
      state: 'missing',
      says: `${repository}@${digest} is no longer in the registry; push it again, or pin another`,
    };
  }
  if (tagged === digest) return { state: 'as pinned', says: 'the registry has it, under this tag' };
  return tagged === undefined
    ? { state: 'tag gone', says: `the registry has the digest; tag ${tag} is gone` }
    : { state: 'tag moved', says: `the registry has the digest; tag ${tag} now is ${tagged}` };
}

/** Pins that get the digest which the registry told; none in an environment that names images by tag. */
export function resolvedPins({ reference, images }: PinnedEnvironment, resolutions: readonly Resolution[]): Pins {
  if (reference === 'tag') return {};
  return Object.fromEntries(
    resolutions.flatMap(({ image, state, digest }) => {
      const tag = tagOf(images.find(({ name }) => name === image)?.pin ?? '');
      return state === 'resolved' && digest !== undefined ? [[image, `${tag}@${digest}`]] : [];
    }),
  );
}
