import { valueAt } from '../../manifests/pods';
import { amount } from '../../parse/quantity';
import type { Rule } from '../rules';
import { both, type Subject, type Verdict } from '../subject';
import { claimTemplates } from './mounts';

const STORES = [
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Namespace',
  'Secret',
  'StatefulSet',
  'CustomResourceDefinition',
];

/** Fields that decide what becomes of stored data. */
export const DATA_RULES: readonly Rule[] = [
  {
    kinds: ['PersistentVolume'],
    fields: 'spec.persistentVolumeReclaimPolicy',
    when: ({ after }) => after !== undefined && after !== 'Retain',
    risk: 'data',
    why: 'the volume is deleted once its claim is',
  },
  {
    kinds: ['PersistentVolume'],
    fields: 'spec.claimRef.**',
    when: ({ before }) => before !== undefined,
    risk: 'data',
    why: 'another claim may bind the volume',
  },
  {
    kinds: ['PersistentVolumeClaim'],
    fields: 'spec.resources.requests.storage',
    when: ({ before, after }) => (amount(String(after)) ?? 0) > (amount(String(before)) ?? 0),
    risk: 'safe',
    why: 'the volume grows, where its class allows that',
  },
  {
    kinds: ['StatefulSet'],
    fields: 'spec.persistentVolumeClaimRetentionPolicy.*',
    when: ({ after }) => after === 'Delete',
    risk: 'data',
    why: 'claims are deleted with the pods or the set that they belong to',
  },
  {
    kinds: 'every kind',
    fields: 'metadata.finalizers.**',
    when: ({ before }) => before !== undefined,
    risk: 'data',
    why: 'what held its deletion back until it was cleaned up does so no longer',
  },
  {
    kinds: STORES,
    fields: 'metadata.annotations.*',
    when: ({ steps, before }) => steps.at(-1) === 'helm.sh/resource-policy' && before === 'keep',
    risk: 'data',
    why: 'Helm deletes it with its release from now on',
  },
  {
    kinds: ['CustomResourceDefinition'],
    fields: 'spec.versions[].served',
    when: ({ after }) => after !== true,
    risk: 'restarts',
    why: 'who asks for that version is refused',
  },
  {
    kinds: ['CustomResourceDefinition'],
    fields: 'spec.versions[].name',
    when: ({ after }) => after === undefined,
    risk: 'data',
    why: 'objects that are stored in that version cannot be read',
  },
  {
    kinds: ['CustomResourceDefinition'],
    fields: 'spec.versions[].schema.**',
    when: ({ after }) => after === undefined,
    risk: 'data',
    why: 'fields without a schema are dropped from objects when they are next written',
  },
  {
    kinds: ['CustomResourceDefinition'],
    fields: 'spec.scope',
    risk: 'refused',
    why: 'objects of the kind live in namespaces, or they do not',
  },
];

/** What a StatefulSet keeps when it, or some of its pods, go. */
export function* claims(subject: Subject): Generator<Verdict> {
  const { kind, before, after, pods } = subject;
  if (kind !== 'StatefulSet' || !pods.before || claimTemplates(pods.before).length === 0) return;
  const [old, now] = both(subject, ['spec', 'replicas']).map((replicas) => Number(replicas ?? 1));
  if (!after) {
    const deletes = retention(before, 'whenDeleted') === 'Delete';
    yield {
      risk: 'data',
      why: deletes
        ? 'its claims are deleted with it'
        : 'its claims stay behind, and no manifest says any more what they are',
    };
  } else if ((now ?? 1) < (old ?? 1) && retention(after, 'whenScaled') === 'Delete') {
    yield { risk: 'data', why: 'the claims of the pods that go are deleted', at: ['spec', 'replicas'] };
  }
}

const retention = (set: unknown, when: string): unknown =>
  valueAt(set, ['spec', 'persistentVolumeClaimRetentionPolicy', when]);
