/** What keeps replicas from going down together. Source: kube-linter "no-anti-affinity"; Polaris "missingPodDisruptionBudget"; kube-score "deployment-strategy". */
import type { LabelSelector } from 'kubernetes-types/meta/v1';
import { namespaceOf } from '../../manifests/kinds';
import type { ManifestSet } from '../../manifests/manifest-set';
import { type PodTemplate, valueAt } from '../../manifests/pods';
import { selects } from '../../manifests/selectors';
import type { Check } from '../check';
import { chosenBy } from './chosen-by';

const REPLICATED = ['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'];

/** Pods of workloads that run, or may be scaled to, more than one replica. */
function replicatedPods(set: ManifestSet): readonly PodTemplate[] {
  const most = new Map(
    set.all('HorizontalPodAutoscaler').map((scaler) => {
      const { kind, name } = scaler.spec?.scaleTargetRef ?? {};
      return [[namespaceOf(scaler), kind, name].join('/'), scaler.spec?.maxReplicas ?? 1];
    }),
  );
  return set.pods.filter(({ owner, namespace }) => {
    if (!REPLICATED.includes(owner.kind)) return false;
    const scaled = most.get([namespace, owner.kind, owner.metadata.name].join('/')) ?? 1;
    return Math.max(Number(valueAt(owner, ['spec', 'replicas']) ?? 1), scaled) > 1;
  });
}

export const spread: Check = {
  id: 'hardening/spread',
  what: 'Pods of a replicated workload keep apart: topologySpreadConstraints or podAntiAffinity that choose the pods themselves.',
  why: 'Nothing else keeps the scheduler from putting all replicas on one node, and that node takes them all along.',
  exempt: 'Workloads on clusters of one node; say so.',
  judge: ({ set, report }) => {
    for (const pod of replicatedPods(set)) {
      if (selectorsOfSpread(pod).some((selector) => selector && selects(selector, pod.labels))) continue;
      const right = 'a constraint over nodes or zones whose labelSelector chooses these pods';
      report(pod.owner, [...pod.path, 'spec', 'topologySpreadConstraints'], 'nothing spreads these pods', right);
    }
  },
};

/** To the scheduler a missing selector chooses no pod. */
function selectorsOfSpread({ spec }: PodTemplate): (LabelSelector | undefined)[] {
  const { podAntiAffinity } = spec.affinity ?? {};
  return [
    ...(spec.topologySpreadConstraints ?? []),
    ...(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
      ({ podAffinityTerm }) => podAffinityTerm,
    ),
  ].map(({ labelSelector }) => labelSelector);
}

export const budget: Check = {
  id: 'hardening/budget',
  what: 'A PodDisruptionBudget chooses the pods of every replicated workload.',
  why: 'Without one, draining two nodes for an upgrade may take all replicas at once, and nothing has asked.',
  exempt: 'Workloads that may be away as a whole at any time (caches, previews); say who bears it.',
  judge: ({ set, report }) => {
    const budgetsOf = chosenBy(set.all('PodDisruptionBudget'), ({ spec }) => spec?.selector);
    for (const pod of replicatedPods(set)) {
      if (budgetsOf(pod).length > 0) continue;
      const right = 'a budget in this namespace whose selector chooses these labels';
      report(pod.owner, [...pod.path, 'metadata', 'labels'], 'no PodDisruptionBudget chooses these pods', right);
    }
  },
};

export const rollout: Check = {
  id: 'hardening/rollout',
  what: 'A replicated Deployment is rolled out pod by pod, not with the strategy Recreate.',
  why: 'Recreate ends every replica before the first new one starts: each release is an outage, and a bad one does not end.',
  exempt: 'Programs of which two versions must not run at once; say what they would break.',
  judge: ({ set, report }) => {
    for (const { owner } of replicatedPods(set)) {
      const path = ['spec', 'strategy', 'type'];
      if (valueAt(owner, path) === 'Recreate') report(owner, path, 'is "Recreate"', '`RollingUpdate`');
    }
  },
};
