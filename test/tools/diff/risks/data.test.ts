import { drop, set } from '../edits';
import { type Case, expected, judgement } from '../world';

const CASES: readonly Case[] = [
  [
    'a volume that is deleted with its claim',
    'PersistentVolume/disk',
    set('spec.persistentVolumeReclaimPolicy', 'Delete'),
    'spec.persistentVolumeReclaimPolicy',
    'data: the volume is deleted once its claim is',
  ],
  [
    'a volume that keeps what it holds',
    'PersistentVolume/disk',
    set('spec.persistentVolumeReclaimPolicy', 'Retain'),
    'spec.persistentVolumeReclaimPolicy',
    'safe: the volume stays as it is',
    set('spec.persistentVolumeReclaimPolicy', 'Delete'),
  ],
  [
    'a volume that is no longer reserved',
    'PersistentVolume/disk',
    drop('spec.claimRef'),
    'spec.claimRef',
    'data: another claim may bind the volume',
  ],
  [
    'a finalizer that goes',
    'PersistentVolume/disk',
    set('metadata.finalizers', []),
    'metadata.finalizers[0]',
    'data: what held its deletion back until it was cleaned up does so no longer',
  ],
  [
    'a claim that Helm may delete',
    'PersistentVolumeClaim/chat',
    (claim) => {
      delete claim.metadata.annotations['helm.sh/resource-policy'];
    },
    'metadata.annotations["helm.sh/resource-policy"]',
    'data: Helm deletes it with its release from now on',
  ],
  [
    'a claim that Helm may no longer delete',
    'PersistentVolumeClaim/chat',
    set('metadata.annotations', { 'helm.sh/resource-policy': 'keep' }),
    'metadata.annotations["helm.sh/resource-policy"]',
    'safe: an annotation of the object itself; whoever reads it acts on it',
    set('metadata.annotations', {}),
  ],
  [
    'a word that another annotation keeps',
    'PersistentVolumeClaim/chat',
    set('metadata.annotations.note', 'lose'),
    'metadata.annotations.note',
    'safe: an annotation of the object itself; whoever reads it acts on it',
    set('metadata.annotations.note', 'keep'),
  ],
  [
    'a claim that grows',
    'PersistentVolumeClaim/chat',
    set('spec.resources.requests.storage', '2Gi'),
    'spec.resources.requests.storage',
    'safe: the volume grows, where its class allows that',
  ],
  [
    'claims that go with their pods',
    'StatefulSet/store',
    set('spec.persistentVolumeClaimRetentionPolicy.whenScaled', 'Delete'),
    'spec.persistentVolumeClaimRetentionPolicy.whenScaled',
    'data: claims are deleted with the pods or the set that they belong to',
  ],
  [
    'fewer pods whose claims go with them',
    'StatefulSet/store',
    set('spec.replicas', 1),
    'spec.replicas',
    'data: the claims of the pods that go are deleted',
    set('spec.persistentVolumeClaimRetentionPolicy.whenScaled', 'Delete'),
  ],
  [
    'more pods whose claims would go with them',
    'StatefulSet/store',
    set('spec.replicas', 5),
    'spec.replicas',
    'safe: pods are added; those that run stay',
    set('spec.persistentVolumeClaimRetentionPolicy.whenScaled', 'Delete'),
  ],
  [
    'a version of a kind that is no longer served',
    'CustomResourceDefinition/things.example.com',
    set('spec.versions.1.served', false),
    'spec.versions[v2].served',
    'restarts: who asks for that version is refused',
  ],
  [
    'a version of a kind that goes',
    'CustomResourceDefinition/things.example.com',
    (definition) => {
      definition.spec.versions.pop();
    },
    'spec.versions[v2]',
    'data: objects that are stored in that version cannot be read',
  ],
  [
    'a field of a kind that goes',
    'CustomResourceDefinition/things.example.com',
    drop('spec.versions.0.schema.openAPIV3Schema.properties.size'),
    'spec.versions[v1].schema.openAPIV3Schema.properties.size',
    'data: fields without a schema are dropped from objects when they are next written',
  ],
  [
    'a kind that leaves its namespaces',
    'CustomResourceDefinition/things.example.com',
    set('spec.scope', 'Cluster'),
    'spec.scope',
    'refused: objects of the kind live in namespaces, or they do not',
  ],
];

describe('stored data', () => {
  it.each(CASES.map((entry) => [entry[0], entry] as const))('is judged: %s', (_, entry) => {
    expect(judgement(entry)).toEqual(expected(entry));
  });
});
