import { GROUPS, type Kind } from '../manifests/kinds';
import type { Risk } from './risk';

type Said = readonly [risk: Risk, why: string];

/** What coming, going and changing means for every object of a kind; judges of single fields say more. */
export interface KnownKind {
  readonly group: string;
  readonly added: Said;
  readonly removed: Said;
  /** Why a field that no rule is about is safe to change. */
  readonly changed: string;
}

const NEW_PODS: Said = ['safe', 'its pods are new; nothing that runs is touched'];
const PODS_STOP: Said = ['restarts', 'its pods stop'];
const CONTROLLER = 'its controller reads it; no pod is touched';
const UNBOUND: Said = ['safe', 'nobody uses it before something names it'];
const NOT_CHECKED: Said = ['access', 'what it kept out is let in'];
const REFUSES: Said = ['restarts', 'what breaks it is refused when it is next made'];
const FEWER_RIGHTS: Said = ['safe', 'takes permissions away'];

/** Kinds that are told of below; built-in ones that stand in `GROUPS` take their group from there. */
const KINDS: Readonly<Record<string, Omit<KnownKind, 'group'> & { readonly group?: string }>> = {
  APIService: {
    group: 'apiregistration.k8s.io',
    added: ['access', 'it answers for a part of the API'],
    removed: ['restarts', 'a part of the API is gone'],
    changed: 'says nothing about who answers',
  },
  ClusterRole: {
    added: ['access', 'whoever is bound to it may do what it says'],
    removed: FEWER_RIGHTS,
    changed: 'says nothing about permissions',
  },
  ClusterRoleBinding: {
    added: ['access', 'its subjects may do what its role says, in every namespace'],
    removed: FEWER_RIGHTS,
    changed: 'says nothing about permissions',
  },
  ConfigMap: {
    added: UNBOUND,
    removed: ['safe', 'no pod of this set needs it'],
    changed: 'no pod of this set reads it',
  },
  CronJob: {
    added: NEW_PODS,
    removed: ['restarts', 'it does not run any more'],
    changed: 'holds from its next run on',
  },
  CustomResourceDefinition: {
    group: 'apiextensions.k8s.io',
    added: UNBOUND,
    removed: ['data', 'every object of its kind is deleted with it'],
    changed: 'objects are read by it from now on; none is rewritten',
  },
  DaemonSet: { added: NEW_PODS, removed: PODS_STOP, changed: CONTROLLER },
  Deployment: { added: NEW_PODS, removed: PODS_STOP, changed: CONTROLLER },
  EndpointSlice: {
    group: 'discovery.k8s.io',
    added: ['access', 'callers of its Service are sent to addresses that no pod selector chose'],
    removed: ['restarts', 'callers of its Service are not sent there any more'],
    changed: 'says nothing about addresses',
  },
  HorizontalPodAutoscaler: {
    added: ['safe', 'the number of pods follows load from now on'],
    removed: ['restarts', 'the number of pods no longer follows load'],
    changed: 'says when and how fast it scales; no pod is replaced',
  },
  Ingress: {
    added: ['access', 'what it names is served to outside'],
    removed: ['restarts', 'what it named is no longer served to outside'],
    changed: 'its controller reads it: what it does stands in the controller’s documentation',
  },
  IngressClass: {
    added: UNBOUND,
    removed: ['restarts', 'Ingresses of the class are served by nobody'],
    changed: 'Ingresses keep their controller',
  },
  Job: {
    added: NEW_PODS,
    removed: ['restarts', 'a run in progress stops'],
    changed: 'says when it ends or is cleaned up',
  },
  LimitRange: {
    added: REFUSES,
    removed: ['access', 'containers may ask for anything'],
    changed: 'holds for containers that are made from now on',
  },
  MutatingWebhookConfiguration: {
    group: 'admissionregistration.k8s.io',
    added: ['access', 'it may change everything that it is sent'],
    removed: NOT_CHECKED,
    changed: 'says nothing about what is sent where',
  },
  Namespace: {
    added: ['safe', 'an empty room'],
    removed: ['data', 'everything in it is deleted with it'],
    changed: 'objects in it are not touched',
  },
  NetworkPolicy: {
    added: ['safe', 'opens nothing that was closed'],
    removed: ['safe', 'opens nothing: other policies keep it closed'],
    changed: 'opens nothing that was closed',
  },
  PersistentVolume: {
    added: UNBOUND,
    removed: ['data', 'what is stored on it is out of reach, or deleted by its reclaim policy'],
    changed: 'the volume stays as it is',
  },
  PersistentVolumeClaim: {
    added: UNBOUND,
    removed: ['data', 'its volume is deleted with it unless the reclaim policy retains it'],
    changed: 'the claim keeps its volume',
  },
  Pod: { added: NEW_PODS, removed: ['restarts', 'it stops, and nobody makes it anew'], changed: CONTROLLER },
  PodDisruptionBudget: {
    added: ['safe', 'drains of nodes wait for it'],
    removed: ['restarts', 'a drain of nodes may stop all its pods at once'],
    changed: 'drains of nodes read it; no pod is touched',
  },
  PriorityClass: {
    added: UNBOUND,
    removed: ['restarts', 'pods that name it cannot be made again'],
    changed: 'pods that run keep their priority',
  },
  ReplicaSet: { added: NEW_PODS, removed: PODS_STOP, changed: CONTROLLER },
  ReplicationController: { added: NEW_PODS, removed: PODS_STOP, changed: CONTROLLER },
  ResourceQuota: {
    added: REFUSES,
    removed: ['access', 'the namespace may take all of the cluster'],
    changed: 'holds for objects that are made from now on',
  },
  Role: {
    added: ['access', 'whoever is bound to it may do what it says'],
    removed: FEWER_RIGHTS,
    changed: 'says nothing about permissions',
  },
  RoleBinding: {
    added: ['access', 'its subjects may do what its role says'],
    removed: FEWER_RIGHTS,
    changed: 'says nothing about permissions',
  },
  Secret: {
    added: UNBOUND,
    removed: ['data', 'what it holds may be kept nowhere else'],
    changed: 'no pod of this set reads it',
  },
  Service: {
    added: ['safe', 'a name inside the cluster; policies decide who reaches its pods'],
    removed: ['restarts', 'whoever calls its name finds nobody'],
    changed: 'holds for new connections',
  },
  ServiceAccount: {
    added: ['safe', 'it may do nothing before a role is bound to it'],
    removed: ['safe', 'no pod of this set runs as it'],
    changed: 'says nothing about permissions',
  },
  StatefulSet: { added: NEW_PODS, removed: PODS_STOP, changed: CONTROLLER },
  StorageClass: {
    added: UNBOUND,
    removed: ['data', 'its claims can be neither served nor grown; volumes that exist live on without it'],
    changed: 'holds for volumes that are made from now on',
  },
  ValidatingAdmissionPolicy: {
    group: 'admissionregistration.k8s.io',
    added: REFUSES,
    removed: NOT_CHECKED,
    changed: 'says nothing about what is checked',
  },
  ValidatingAdmissionPolicyBinding: {
    group: 'admissionregistration.k8s.io',
    added: REFUSES,
    removed: NOT_CHECKED,
    changed: 'says nothing about what is checked',
  },
  ValidatingWebhookConfiguration: {
    group: 'admissionregistration.k8s.io',
    added: ['access', 'it is sent everything that it asks for, and may refuse it'],
    removed: NOT_CHECKED,
    changed: 'says nothing about what is sent where',
  },
};

/** What is known about a kind; undefined for a controller's own. Its group tells it from others of that name. */
export function knownKind(kind: string): KnownKind | undefined {
  const known = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  return known && { ...known, group: known.group ?? GROUPS[kind as Kind] };
}
