import { type Environment, type EnvironmentFields, readEnvironment } from './schema';
import type { Entry } from './workload';

/** An environment: what charts may read of it, and what runs there. */
export interface ComposedEnvironment extends Environment {
  readonly run: readonly Entry[];
}

/** The environment with other pins, as the file of its images would have them. */
export const withPins = (environment: ComposedEnvironment, pins: Readonly<Record<string, string>>) =>
  Object.freeze({ ...environment, images: Object.freeze({ ...environment.images, pins: Object.freeze({ ...pins }) }) });

/**
 * Composes an environment. The result is frozen.
 * @throws Refused with a line for every field that is unknown, missing or wrong.
 */
export function environment({
  run,
  ...fields
}: EnvironmentFields & Pick<ComposedEnvironment, 'run'>): ComposedEnvironment {
  return Object.freeze({ ...readEnvironment(fields), run: Object.freeze([...run]) });
}
