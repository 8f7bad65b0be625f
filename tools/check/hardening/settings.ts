import type { PodSecurityContext, SecurityContext } from 'kubernetes-types/core/v1';
import { containersOf, type PodTemplate, valueAt } from '../../manifests/pods';
import type { Path } from '../../manifests/yaml';
import { show } from '../../parse/parse';
import type { Subject } from '../check';

/** What is wrong with a value that does not fit, as a finding says it. */
export const isWrong = (value: unknown): string => (value === undefined ? 'is missing' : `is ${show(value)}`);

/** A security context, of the pod or of one container, and where it stands in the pods' owner. */
interface LocatedContext {
  readonly context: PodSecurityContext & SecurityContext;
  readonly path: Path;
}

/** The security contexts of a pod and of its containers, as far as they are written. */
export function contextsOf(pod: PodTemplate): LocatedContext[] {
  const holders = [
    { context: pod.spec.securityContext, path: [...pod.path, 'spec'] },
    ...containersOf(pod).map(({ container, path }) => ({ context: container.securityContext, path })),
  ];
  return holders.flatMap(({ context, path }) => (context ? [{ context, path: [...path, 'securityContext'] }] : []));
}

/**
 * Judges a setting of the security context that a container inherits from its pod unless it has its own.
 * What the pod says must fit even where every container says otherwise: Pod Security admission refuses it as well.
 */
export function judgeInherited(
  { set, report }: Subject,
  field: Path,
  fits: (value: unknown) => boolean,
  right: string,
): void {
  const path = ['securityContext', ...field];
  for (const pod of set.pods) {
    const inherited = valueAt(pod.spec, path);
    if (inherited !== undefined && !fits(inherited)) {
      report(pod.owner, [...pod.path, 'spec', ...path], isWrong(inherited), right);
    }
    for (const located of containersOf(pod)) {
      const own = valueAt(located.container, path);
      if (own === undefined ? inherited !== undefined : fits(own)) continue;
      const wrong = own === undefined ? 'is missing here and in the pod' : isWrong(own);
      report(pod.owner, [...located.path, ...path], wrong, right);
    }
  }
}
