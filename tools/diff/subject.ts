import { groupOf } from '../manifests/kinds';
import { type PodTemplate, podTemplateOf, valueAt } from '../manifests/pods';
import type { Path } from '../manifests/yaml';
import type { Manifest } from '../render/order';
import { type FieldChange, leavesOf } from './changes';
import { knownKind } from './kinds';
import type { Risk } from './risk';
import { isWithin, type Steps } from './steps';
import type { Worlds } from './worlds';

/** An object that differs, as judges are given it. */
export interface Subject {
  /** Its kind; of another API group than Kubernetes' own, the group with it: `Certificate.cert-manager.io`. */
  readonly kind: string;
  /** The newest version of it. */
  readonly object: Manifest;
  readonly before: Manifest | undefined;
  readonly after: Manifest | undefined;
  /** The template of its pods, in either version. */
  readonly pods: { readonly before: PodTemplate | undefined; readonly after: PodTemplate | undefined };
  /** Its fields that differ, each as small as can be. All of them, where it was added or removed. */
  readonly leaves: readonly FieldChange[];
  readonly worlds: Worlds;
}

/** What a judge says of an object, or of one of its fields. */
export interface Verdict {
  readonly risk: Risk;
  /** Half a sentence. */
  readonly why: string;
  /** The field; missing where it is the whole object. */
  readonly at?: Steps;
}

export type Judge = (subject: Subject) => Iterable<Verdict>;

export function subjectOf(
  before: Manifest | undefined,
  after: Manifest | undefined,
  changes: readonly FieldChange[],
  worlds: Worlds,
): Subject {
  const object = after ?? before;
  if (!object) throw new Error('a change has no object');
  return {
    kind: kindOf(object),
    object,
    before,
    after,
    pods: { before: before && podTemplateOf(before), after: after && podTemplateOf(after) },
    leaves: changes.flatMap((change) => [...leavesOf(change)]),
    worlds,
  };
}

/** The kind as rules name it: bare for Kubernetes' own, so that another group's `Service` is none of them. */
export function kindOf({ kind, apiVersion }: Pick<Manifest, 'kind' | 'apiVersion'>): string {
  const group = groupOf(apiVersion);
  return knownKind(kind)?.group === group ? kind : `${kind}.${group}`;
}

/** A field below the pod template of its object; undefined where it is above or beside it. */
export function inTemplate({ pods }: Subject, steps: Steps): Steps | undefined {
  const path = (pods.after ?? pods.before)?.path;
  return path && isWithin(steps, path) ? steps.slice(path.length) : undefined;
}

/** A field of the old version, and of the new one. */
export const both = ({ before, after }: Subject, path: Path): readonly [before: unknown, after: unknown] => [
  valueAt(before, path),
  valueAt(after, path),
];
