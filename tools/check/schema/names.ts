import { GROUPS, groupOf } from '../../manifests/kinds';
import { containersOf } from '../../manifests/pods';
import type { Path } from '../../manifests/yaml';
import { show } from '../../parse/parse';
import type { Manifest } from '../../render/order';
import type { Check, Subject } from '../check';

/** A rule for a name: its pattern, its greatest length, and how people call it. */
interface Rule {
  readonly pattern: RegExp;
  readonly length: number;
  readonly text: string;
}

const LABEL: Rule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  length: 63,
  text: 'a DNS label: at most 63 of a-z, 0-9 and -, not at an end',
};
const SUBDOMAIN: Rule = {
  pattern: /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  length: 253,
  text: 'a DNS subdomain: at most 253 of a-z, 0-9, - and dots between labels',
};
const SERVICE: Rule = {
  pattern: /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
  length: 63,
  text: 'a DNS label that starts with a letter',
};
const SEGMENT: Rule = { pattern: /^(?!\.\.?$)[^/%]+$/, length: 253, text: 'a name without / and %' };
const LABEL_VALUE: Rule = {
  pattern: /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/,
  length: 63,
  text: 'a label value: at most 63 of A-Z, a-z, 0-9, -, _ and ., alphanumeric at both ends',
};
const KEY: Rule = {
  pattern: /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
  length: 317,
  text: 'a key: an optional DNS prefix and /, then at most 63 of A-Z, a-z, 0-9, -, _ and .',
};

/** Names that the API holds to more than a subdomain. */
const RULES: Readonly<Record<string, Rule>> = {
  Namespace: LABEL,
  CronJob: { ...SUBDOMAIN, length: 52, text: 'at most 52 of a-z, 0-9, - and dots: its Jobs are named after it' },
  Service: SERVICE,
  Role: SEGMENT,
  RoleBinding: SEGMENT,
  ClusterRole: SEGMENT,
  ClusterRoleBinding: SEGMENT,
};

export const names: Check = {
  id: 'schema/names',
  what: 'Names, label values and keys have the form that the API asks of them.',
  why: 'The type is string, so no schema refuses them; the API server does, in the middle of a release.',
  exempt: 'Never.',
  judge: ({ set, report }) => {
    for (const object of set.objects) {
      const { name, namespace } = object.metadata;
      const own =
        GROUPS[object.kind as keyof typeof GROUPS] === groupOf(object.apiVersion) ? RULES[object.kind] : undefined;
      hold(object, ['metadata', 'name'], name ?? '', own ?? SUBDOMAIN, report);
      hold(object, ['metadata', 'namespace'], namespace, LABEL, report);
      judgeMetadata(object, [], object.metadata, report);
    }
    for (const pod of set.pods) {
      if (pod.path.length > 0) judgeMetadata(pod.owner, pod.path, pod, report);
      for (const { container, path } of containersOf(pod))
        hold(pod.owner, [...path, 'name'], container.name, LABEL, report);
      for (const [index, { name }] of (pod.spec.volumes ?? []).entries()) {
        hold(pod.owner, [...pod.path, 'spec', 'volumes', index, 'name'], name, LABEL, report);
      }
    }
  },
};

/** Labels and annotations of an object, or of the pods that it makes. */
function judgeMetadata(
  object: Manifest,
  path: Path,
  { labels = {}, annotations = {} }: Pick<Manifest['metadata'], 'labels' | 'annotations'>,
  report: Subject['report'],
): void {
  for (const [key, value] of Object.entries(labels)) {
    hold(object, [...path, 'metadata', 'labels', key], key, KEY, report);
    hold(object, [...path, 'metadata', 'labels', key], value, LABEL_VALUE, report);
  }
  // The API server holds the keys of annotations in lower case.
  for (const key of Object.keys(annotations))
    hold(object, [...path, 'metadata', 'annotations', key], key.toLowerCase(), KEY, report);
}

function hold(object: Manifest, path: Path, value: unknown, rule: Rule, report: Subject['report']): void {
  if (typeof value === 'string' && value.length <= rule.length && rule.pattern.test(value)) return;
  // What is no text, or a field that a schema requires, is the schema's to report.
  if (typeof value === 'string') report(object, path, value === '' ? 'is missing' : `is ${show(value)}`, rule.text);
}
