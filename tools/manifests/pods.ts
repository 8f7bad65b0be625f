import type { Container, PodSpec, PodTemplateSpec } from 'kubernetes-types/core/v1';
import type { Manifest } from '../render/order';
import { GROUPS, groupOf, type Kind, namespaceOf } from './kinds';
import type { Path } from './yaml';

/** Kinds that make pods, and where their template stands. A Pod is its own template. */
const TEMPLATES: Partial<Readonly<Record<Kind, Path>>> = {
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  Job: ['spec', 'template'],
  Pod: [],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
};

/** The pods that one object makes. */
export interface PodTemplate {
  /** The Deployment, StatefulSet, Job… or the Pod itself. */
  readonly owner: Manifest;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
  /** Where the template stands in its owner; `spec` and `metadata` lie below it. */
  readonly path: Path;
}

/** The template of an object's pods; undefined where it makes none, or has not the shape of what does. */
export function podTemplateOf(owner: Manifest): PodTemplate | undefined {
  const path = TEMPLATES[owner.kind as Kind];
  if (!path || groupOf(owner.apiVersion) !== GROUPS[owner.kind as Kind]) return undefined;
  const template = valueAt(owner, path) as PodTemplateSpec | undefined;
  if (!Array.isArray(template?.spec?.containers)) return undefined;
  const { labels = {}, annotations = {} } = template.metadata ?? {};
  return { owner, namespace: namespaceOf(owner), labels, annotations, spec: template.spec, path };
}

/** What stands at a path of a value; undefined where the path leads nowhere. */
export const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, step) => (at as Record<string | number, unknown> | null | undefined)?.[step], value);

/** A container of a pod. `init` ones end before the others start, but for those that restart always (sidecars). */
export interface LocatedContainer {
  readonly container: Container;
  readonly role: 'main' | 'init' | 'sidecar';
  /** Where it stands in the pods' owner. */
  readonly path: Path;
}

/** Every container of a pod: what runs, what prepares, what stands beside. */
export function containersOf({ spec, path }: PodTemplate): LocatedContainer[] {
  const located = (list: 'containers' | 'initContainers') =>
    (spec[list] ?? []).map((container, index): LocatedContainer => {
      const preparing = container.restartPolicy === 'Always' ? 'sidecar' : 'init';
      const role = list === 'containers' ? 'main' : preparing;
      return { container, role, path: [...path, 'spec', list, index] };
    });
  return [...located('containers'), ...located('initContainers')];
}
