import type { LabelSelector } from 'kubernetes-types/meta/v1';
import { compareText } from '../../render/order';
import { showSelector } from '../selectors';

/** One end of a flow. */
export type Party = WorkloadParty | PodsParty | NetworksParty | AnyoneParty;

/** The pods that one object of the set makes: a Deployment, a StatefulSet, a Pod… */
export interface WorkloadParty {
  readonly kind: 'workload';
  readonly namespace: string;
  readonly name: string;
  readonly ownerKind: string;
}

/**
 * Pods that the set does not render, as a policy names them: of namespaces that it does not render either, or of which it
 * renders nothing but the namespace. A namespace with pods in one set is taken to have no others.
 */
export interface PodsParty {
  readonly kind: 'pods';
  /** Of the namespaces' labels; empty for every namespace. */
  readonly namespaces: LabelSelector;
  /** Of the pods' labels; empty for every pod. */
  readonly pods: LabelSelector;
}

/** Addresses that are no pod's of the set: manifests do not know which addresses pods will get. */
export interface NetworksParty {
  readonly kind: 'networks';
  readonly cidr: string;
  readonly except: readonly string[];
}

/** Everybody anywhere whom no policy on their own side keeps from it. */
export interface AnyoneParty {
  readonly kind: 'anyone';
}

/** Label that the API server gives to every namespace: its name. */
export const NAME_LABEL = 'kubernetes.io/metadata.name';

export const ANYONE: AnyoneParty = { kind: 'anyone' };

/** A party as people read it, the same for equal parties: `StatefulSet chat/redis`, `pods k8s-app=kube-dns in kube-system`. */
export function showParty(party: Party): string {
  switch (party.kind) {
    case 'workload':
      return `${party.ownerKind} ${party.namespace}/${party.name}`;
    case 'pods':
      return `${isEmpty(party.pods) ? 'all pods' : `pods ${showSelector(party.pods)}`} in ${showNamespaces(party.namespaces)}`;
    case 'networks':
      return party.except.length === 0 ? party.cidr : `${party.cidr} except ${party.except.join(', ')}`;
    case 'anyone':
      return 'anyone';
  }
}

function showNamespaces(selector: LabelSelector): string {
  if (isEmpty(selector)) return 'other namespaces';
  return nameOfOnly(selector) ?? `namespaces ${showSelector(selector)}`;
}

/** The one namespace that a selector chooses by its name and by nothing else. */
export function nameOfOnly({ matchLabels = {}, matchExpressions = [] }: LabelSelector): string | undefined {
  return matchExpressions.length === 0 && Object.keys(matchLabels).length === 1 ? matchLabels[NAME_LABEL] : undefined;
}

const isEmpty = ({ matchLabels = {}, matchExpressions = [] }: LabelSelector): boolean =>
  Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;

const KINDS: readonly Party['kind'][] = ['workload', 'pods', 'networks', 'anyone'];

/** A total order: workloads, other pods, addresses, anyone; each by its text. */
export const compareParties = (a: Party, b: Party): number =>
  KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || compareText(showParty(a), showParty(b));
