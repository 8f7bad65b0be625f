import { immutableChanges } from '../../manifests/immutable';
import type { Path } from '../../manifests/yaml';
import { matches, pattern, type Steps } from '../steps';
import type { Subject, Verdict } from '../subject';

/** Fields that the API server refuses to change. */
export function* immutable(subject: Subject): Generator<Verdict> {
  const { before, after, kind } = subject;
  if (!before || !after) return;
  for (const { path, why } of immutableChanges(before, after)) {
    yield { risk: 'refused', why, at: stepsOf(path) };
  }
  if (kind === 'Pod') yield* ofPod(subject);
}

/** Fixed fields are never entries of lists: they are lists as a whole, or above them. */
const stepsOf = (path: Path): Steps => path;

/** What a pod that runs may change (core/v1 ValidatePodUpdate), beside its metadata. */
const POD_MAY_CHANGE = ['spec.*[].image', 'spec.activeDeadlineSeconds', 'spec.schedulingGates.**'].map(pattern);

function* ofPod({ leaves }: Subject): Generator<Verdict> {
  for (const { steps, before } of leaves) {
    if (steps[0] !== 'spec' || POD_MAY_CHANGE.some((fields) => matches(steps, fields))) continue;
    if (steps[1] === 'tolerations' && before === undefined) continue;
    yield { risk: 'refused', why: 'a pod keeps its spec for life; delete it and make it anew', at: steps };
  }
}
