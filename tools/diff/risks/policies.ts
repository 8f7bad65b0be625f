import type { NetworkPolicySpec } from 'kubernetes-types/networking/v1';
import { namespaceOf } from '../../manifests/kinds';
import { type PodTemplate, valueAt } from '../../manifests/pods';
import { selects } from '../../manifests/selectors';
import { type Flow, flowKeys } from '../../manifests/traffic/matrix';
import type { Manifest } from '../../render/order';
import type { Subject, Verdict } from '../subject';
import { podsKey, type World } from '../worlds';

/** Flows that a message names. */
const MOST_NAMED = 3;

/** Fields of a policy say nothing one by one: together they are who may talk to whom. */
const SPEC = ['spec'];

/** Policies that open flows, by the difference of who may talk to whom; never by a policy's text. */
export function* policies(subject: Subject): Generator<Verdict> {
  const { kind, before, after, worlds } = subject;
  if (kind !== 'NetworkPolicy') return;
  const guarded = [
    ...new Set([...(before ? guardedBy(before, worlds.before) : []), ...(after ? guardedBy(after, worlds.after) : [])]),
  ];
  const [opened, closed] = [worlds.opened, worlds.closed].map((flows) => at(flows, guarded));
  if (opened && opened.length > 0) yield { risk: 'access', why: `opens ${showFlows(opened)}`, at: SPEC };
  else if (before && guarded.length === 0 && subject.leaves.some(({ steps }) => steps[0] === 'spec'))
    yield {
      risk: 'access',
      why: 'it guards no pod of this set, so that nobody can tell whom it lets through',
      at: SPEC,
    };
  else if (after && closed && closed.length > 0) yield { risk: 'safe', why: `closes ${showFlows(closed)}`, at: SPEC };
}

/** Labels of pods and namespaces decide which policies hold. */
export function* relabelling(subject: Subject): Generator<Verdict> {
  const { kind, object, before, after, worlds, pods } = subject;
  const [leaf] = subject.leaves.filter(({ steps }) => steps.includes('labels') || steps.at(-1) === 'hostNetwork');
  if (!before || !after || !leaf) return;
  const own = kind === 'Namespace' ? worlds.after.labelled.get(object.metadata.name) : pods.after && [pods.after];
  const opened = at(worlds.opened, (own ?? []).map(podsKey));
  if (opened.length > 0) yield { risk: 'access', why: `opens ${showFlows(opened)}`, at: leaf.steps };
}

/** Flows at any of these ends, each once. */
const at = (flows: ReadonlyMap<string, readonly Flow[]>, ends: readonly string[]): readonly Flow[] => [
  ...new Set(ends.flatMap((end) => flows.get(end) ?? [])),
];

/** Workloads that a policy selects. */
function guardedBy(policy: Manifest, { labelled }: World): string[] {
  const { podSelector = {} } = (valueAt(policy, ['spec']) ?? {}) as Partial<NetworkPolicySpec>;
  const namespace = namespaceOf(policy);
  const of = (key: string): readonly PodTemplate[] => labelled.get(key) ?? [];
  const pairs = Object.entries(podSelector.matchLabels ?? {}).map(([key, value]) => of(`${namespace} ${key}=${value}`));
  const candidates = pairs.reduce((shortest, list) => (list.length < shortest.length ? list : shortest), of(namespace));
  return candidates.filter(({ labels }) => selects(podSelector, labels)).map(podsKey);
}

/** Flows in a message; the report lists them all. */
function showFlows(flows: readonly Flow[]): string {
  const texts = flows.flatMap(flowKeys);
  const more = texts.length - MOST_NAMED;
  return `${texts.slice(0, MOST_NAMED).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
