import { namespaceOf } from '../../manifests/kinds';
import type { ManifestSet } from '../../manifests/manifest-set';
import type { Check, Subject } from '../check';
import { isWrong } from './settings';

const ENFORCE = 'pod-security.kubernetes.io/enforce';

export const podSecurity: Check = {
  id: 'hardening/pod-security',
  what: 'Every Namespace among the manifests enforces the Pod Security profile restricted.',
  why: 'These checks read git; admission reads what arrives. Without the label a pod that was made by hand, or by an operator, is held to nothing.',
  exempt: 'Namespaces of node agents; say which profile they enforce instead.',
  judge: ({ set, report }) => {
    for (const namespace of set.all('Namespace')) {
      const level = namespace.metadata.labels?.[ENFORCE];
      if (level !== 'restricted') report(namespace, ['metadata', 'labels', ENFORCE], isWrong(level), '`restricted`');
    }
  },
};

/** Limits that a quota sets, each by any of its names. */
const BOUNDED = [['requests.cpu', 'cpu'], ['requests.memory', 'memory'], ['limits.cpu'], ['limits.memory']];

export const fences: Check = {
  id: 'hardening/fences',
  what: 'Every Namespace among the manifests that runs pods has a ResourceQuota of CPU and memory and a LimitRange with a limit for containers that set none.',
  why: 'One namespace without a fence takes what was promised to the others; a container without a limit has none until somebody notices.',
  exempt: 'Namespaces of the platform itself, whose agents must always start; say what bounds them.',
  judge: (subject) => {
    const used = new Set(subject.set.pods.map(({ namespace }) => namespace));
    const quotas = hardLimits(subject.set);
    const defaults = defaultLimits(subject.set);
    for (const namespace of subject.set.all('Namespace')) {
      const { name } = namespace.metadata;
      if (!used.has(name)) continue;
      const unbounded = BOUNDED.filter((names) => !names.some((one) => quotas.get(name)?.has(one))).map(
        ([first]) => first,
      );
      tell(subject, namespace, 'no ResourceQuota bounds', unbounded);
      tell(
        subject,
        namespace,
        'no LimitRange of type Container limits',
        ['cpu', 'memory'].filter((one) => !defaults.get(name)?.has(one)),
      );
    }
  },
};

function tell(
  { report }: Subject,
  namespace: Parameters<Subject['report']>[0],
  wrong: string,
  missing: readonly (string | undefined)[],
): void {
  if (missing.length > 0)
    report(
      namespace,
      ['metadata', 'name'],
      `${wrong} ${missing.join(', ')} here`,
      'an object of that kind beside the Namespace',
    );
}

type Names = ReadonlyMap<string, ReadonlySet<string>>;

/** A quota with a scope bounds only some pods. */
const hardLimits = (set: ManifestSet): Names =>
  namesOf(
    set
      .all('ResourceQuota')
      .filter(({ spec }) => !spec?.scopes && !spec?.scopeSelector)
      .map((quota) => [namespaceOf(quota), Object.keys(quota.spec?.hard ?? {})]),
  );

/** Where only the most is given, it is the default as well. */
const defaultLimits = (set: ManifestSet): Names =>
  namesOf(
    set
      .all('LimitRange')
      .map((range) => [
        namespaceOf(range),
        (range.spec?.limits ?? [])
          .filter(({ type }) => type === 'Container')
          .flatMap((limit) => [...Object.keys(limit.default ?? {}), ...Object.keys(limit.max ?? {})]),
      ]),
  );

function namesOf(entries: readonly (readonly [string, readonly string[]])[]): Names {
  const names = new Map<string, Set<string>>();
  for (const [namespace, found] of entries) names.set(namespace, new Set([...(names.get(namespace) ?? []), ...found]));
  return names;
}
