import type { Rendered } from '../../../support/rendered';
import { drop, set } from '../edits';
import { type Case, compared, edited, expected, judgement, named, reportOn, said, world } from '../world';

const level = (object: Rendered): void => {
  const { spec } = object.spec.jobTemplate?.spec.template ?? object.spec.template;
  spec.containers[0].env[0].value = 'debug';
};

const LEVEL = 'spec.template.spec.containers[main].env[LEVEL].value';
const ON_DELETE = 'safe: its update strategy is OnDelete: pods keep the old template until each is deleted';
const NEW_ONES = 'safe: pods that run keep the old template; only new ones get it';

const CASES: readonly Case[] = [
  ['a Deployment', 'Deployment/chat', level, LEVEL, 'restarts: a changed pod template replaces every pod'],
  [
    'a Deployment that recreates',
    'Deployment/chat',
    level,
    LEVEL,
    'restarts: all its pods stop before new ones start',
    set('spec.strategy', { type: 'Recreate' }),
  ],
  [
    'a Deployment that is paused',
    'Deployment/chat',
    level,
    LEVEL,
    'safe: the Deployment is paused: nothing rolls out before it resumes',
    set('spec.paused', true),
  ],
  [
    'a Deployment without pods',
    'Deployment/chat',
    level,
    LEVEL,
    'safe: it has no pod to replace',
    set('spec.replicas', 0),
  ],
  [
    'a StatefulSet',
    'StatefulSet/store',
    level,
    LEVEL,
    'restarts: a changed pod template replaces its pods one after another',
  ],
  [
    'a StatefulSet that waits for its pods to be deleted',
    'StatefulSet/store',
    level,
    LEVEL,
    ON_DELETE,
    set('spec.updateStrategy', { type: 'OnDelete' }),
  ],
  [
    'a StatefulSet with a partition',
    'StatefulSet/store',
    level,
    LEVEL,
    'restarts: a changed pod template replaces the pods from number 2 on',
    set('spec.updateStrategy.rollingUpdate.partition', 2),
  ],
  [
    'a StatefulSet whose partition holds all pods back',
    'StatefulSet/store',
    level,
    LEVEL,
    'safe: its partition is 3: no pod is replaced before it is lowered',
    set('spec.updateStrategy.rollingUpdate.partition', 3),
  ],
  ['a DaemonSet that waits for its pods to be deleted', 'DaemonSet/agent', level, LEVEL, ON_DELETE],
  [
    'a DaemonSet',
    'DaemonSet/agent',
    level,
    LEVEL,
    'restarts: a changed pod template replaces its pod on every node',
    drop('spec.updateStrategy'),
  ],
  ['a ReplicaSet', 'ReplicaSet/old', level, LEVEL, NEW_ONES],
  [
    'a CronJob',
    'CronJob/backup',
    level,
    'spec.jobTemplate.spec.template.spec.containers[main].env[LEVEL].value',
    'safe: holds from its next run on; a run in progress is not touched',
  ],
  ['a Job', 'Job/migrate', level, LEVEL, 'refused: a Job runs once; make one of another name'],
  [
    'the image of a Pod',
    'Pod/alone',
    set('spec.containers.0.image', 'registry.example.com/alone:2@sha256:3'),
    'spec.containers[main].image',
    'restarts: its container restarts in its place',
  ],
  [
    'another field of a Pod',
    'Pod/alone',
    set('spec.containers.0.command', ['sleep']),
    'spec.containers[main].command',
    'refused: a pod keeps its spec for life; delete it and make it anew',
  ],
  [
    'a toleration more of a Pod',
    'Pod/alone',
    set('spec.tolerations', [{ operator: 'Exists' }]),
    'spec.tolerations',
    'restarts: its container restarts in its place',
  ],
  [
    'an image without a digest',
    'Deployment/chat',
    set('spec.template.spec.containers.0.image', 'registry.example.com/chat:2.0.0'),
    'spec.template.spec.containers[main].image',
    'restarts: the image has no digest: what runs is what the registry says when a pod starts',
  ],
  [
    'a pod annotation',
    'Deployment/chat',
    ({ spec }) => {
      spec.template.metadata.annotations['checksum/config'] = 'def';
    },
    'spec.template.metadata.annotations["checksum/config"]',
    'restarts: a changed pod template replaces every pod',
  ],
  [
    'the order of variables',
    'Deployment/chat',
    ({ spec }) => {
      spec.template.spec.containers[0].env.reverse();
    },
    'spec.template.spec.containers[main].env',
    'restarts: a changed pod template replaces every pod',
  ],
  [
    'a label of the controller',
    'Deployment/chat',
    ({ metadata }) => {
      metadata.labels['app.kubernetes.io/version'] = '1.3.0';
    },
    'metadata.labels["app.kubernetes.io/version"]',
    'safe: a label of the object itself',
  ],
  [
    'an annotation of the controller',
    'Deployment/chat',
    set('metadata.annotations', { note: 'x' }),
    'metadata.annotations',
    'safe: an annotation of the object itself; whoever reads it acts on it',
  ],
  [
    'a default that is written out',
    'Deployment/chat',
    set('spec.template.spec.dnsPolicy', 'ClusterFirst'),
    'spec.template.spec.dnsPolicy',
    'safe: what the API server fills in is written out, or no longer',
  ],
  [
    'a default that is no longer written',
    'Deployment/chat',
    drop('spec.template.spec.terminationGracePeriodSeconds'),
    'spec.template.spec.terminationGracePeriodSeconds',
    'safe: what the API server fills in is written out, or no longer',
  ],
  [
    'the history of a Deployment',
    'Deployment/chat',
    set('spec.revisionHistoryLimit', 3),
    'spec.revisionHistoryLimit',
    'safe: its controller reads it; no pod is touched',
  ],
  [
    'another version of the API',
    'PodDisruptionBudget/chat',
    set('apiVersion', 'policy/v1beta1'),
    'apiVersion',
    'safe: the same object in another version of its API',
  ],
];

describe('a changed pod template', () => {
  it.each(CASES.map((entry) => [entry[0], entry] as const))('of %s', (_, entry) => {
    expect(judgement(entry)).toEqual(expected(entry));
  });

  it('does not touch a Pod whose labels change', () => {
    const report = edited('Pod/alone', set('metadata.labels', { a: 'b' }));
    expect(said(report)).toEqual([{ at: 'metadata.labels', says: 'safe: a label of the object itself' }]);
  });

  it('is one addition where a variable is put before others', () => {
    const [before, after] = [world(), world()];
    named(after, 'StatefulSet/store').spec.template.spec.containers[0].env.unshift({ name: 'FIRST', value: '1' });
    expect(reportOn(compared(before, after), 'StatefulSet/store').fields.map(({ path }) => path)).toEqual([
      'spec.template.spec.containers[main].env[FIRST]',
    ]);
  });
});
