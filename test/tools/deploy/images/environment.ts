import { createHash } from 'node:crypto';
import type { PinnedEnvironment, RunImage } from '../../../../tools/deploy/images/pins';
import { Refused } from '../../../../tools/parse/parse';

/** A digest that somebody might have. */
export const digest = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** An environment that runs these own images and redis. */
export function sample(
  name: string,
  pins: Readonly<Record<string, string>>,
  { reference = 'digest', registry = `registry.${name}.example.com` }: Partial<Sample> = {},
): PinnedEnvironment {
  const own = (image: string): RunImage => ({
    name: image,
    isOwn: true,
    repository: `${registry}/${image}`,
    pin: pins[image] ?? 'unreleased',
    workloads: [image],
  });
  const redis: RunImage = {
    name: 'redis',
    isOwn: false,
    repository: 'docker.io/library/redis',
    pin: pins.redis ?? `8.2.1@${digest('redis')}`,
    workloads: ['redis'],
  };
  return { name, reference, pins, images: [own('chat'), own('notes'), redis] };
}

interface Sample {
  readonly reference: PinnedEnvironment['reference'];
  readonly registry: string;
}

/** The faults that refuse what is promised. */
export async function refusals(attempt: Promise<unknown>): Promise<readonly string[]> {
  try {
    await attempt;
    return [];
  } catch (error) {
    if (error instanceof Refused) return error.faults;
    throw error;
  }
}
