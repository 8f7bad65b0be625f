import { amount } from '../../parse/quantity';
import type { FieldChange } from '../changes';
import type { Rule } from '../rules';

/** Levels of Pod Security, from what allows everything. A namespace without one is privileged. */
const LEVELS = ['privileged', 'baseline', 'restricted'];
const ENFORCE = 'pod-security.kubernetes.io/enforce';

const levelOf = (level: unknown): number => Math.max(0, LEVELS.indexOf(String(level ?? 'privileged')));

const isLabel = ({ steps }: FieldChange, name: string): boolean => steps.at(-1) === name;

/** Minors of Kubernetes in a Pod Security version: `v1.36`; `latest` is the highest. */
const minorOf = (version: unknown): number =>
  Number(/^v1\.(\d+)$/.exec(String(version))?.[1] ?? Number.POSITIVE_INFINITY);

const isRaised = ({ before, after }: FieldChange): boolean =>
  before !== undefined && (after === undefined || size(after) > size(before));
const isLowered = ({ before, after }: FieldChange): boolean =>
  after !== undefined && (before === undefined || size(after) < size(before));
const size = (quantity: unknown): number => amount(String(quantity)) ?? Number.POSITIVE_INFINITY;

const HARD = 'spec.hard.*';
const REFUSED_NEXT = 'what exceeds it is refused when it is next made';

const CHECKS = [
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
];

/** What a namespace and the cluster allow their objects. */
export const ROOM_RULES: readonly Rule[] = [
  {
    kinds: ['Namespace'],
    fields: 'metadata.labels.*',
    when: (change) => isLabel(change, ENFORCE) && levelOf(change.after) < levelOf(change.before),
    risk: 'access',
    why: 'pods may do more than Pod Security let them',
  },
  {
    kinds: ['Namespace'],
    fields: 'metadata.labels.*',
    when: (change) => isLabel(change, ENFORCE) && levelOf(change.after) > levelOf(change.before),
    risk: 'restarts',
    why: 'pods that do not keep to it are refused when they are next made',
  },
  {
    kinds: ['Namespace'],
    fields: 'metadata.labels.*',
    when: (change) => isLabel(change, `${ENFORCE}-version`) && minorOf(change.after) < minorOf(change.before),
    risk: 'access',
    why: 'pods are held to the rules of an older Kubernetes, which were fewer',
  },
  {
    kinds: ['ResourceQuota'],
    fields: HARD,
    when: isRaised,
    risk: 'access',
    why: 'the namespace may take more of the cluster',
  },
  { kinds: ['ResourceQuota'], fields: HARD, when: isLowered, risk: 'restarts', why: REFUSED_NEXT },
  {
    kinds: ['LimitRange'],
    fields: 'spec.limits[].max.*',
    when: isRaised,
    risk: 'access',
    why: 'one container may take more of the cluster',
  },
  { kinds: ['LimitRange'], fields: 'spec.limits[].max.*', when: isLowered, risk: 'restarts', why: REFUSED_NEXT },
  {
    kinds: ['LimitRange'],
    fields: 'spec.limits[].min.*',
    when: ({ before, after }) => after !== undefined && (before === undefined || size(after) > size(before)),
    risk: 'restarts',
    why: 'what asks for less is refused when it is next made',
  },
  { kinds: CHECKS, fields: 'spec.**', risk: 'access', why: 'what is checked, or what follows from it, is another' },
  {
    kinds: CHECKS,
    fields: 'webhooks[].**',
    risk: 'access',
    why: 'what is sent where, or what follows from it, is another',
  },
  { kinds: ['APIService'], fields: 'spec.**', risk: 'access', why: 'somebody else may answer for a part of the API' },
];
