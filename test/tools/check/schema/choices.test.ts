import { choices } from '../../../../tools/check/schema/choices';
import { clusterWide, cronJob, deployment, found, job, object, service, statefulSet } from '../references/samples';

const container = (fields: object) => deployment('chat', { containers: [{ name: 'main', ...fields }] });
const pod = (spec: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a' },
  spec: { containers: [], ...spec },
});

describe('a field that takes one of a few words', () => {
  it.each([
    [
      'mis-cased',
      container({ imagePullPolicy: 'always' }),
      'Deployment/chat spec.template.spec.containers[0].imagePullPolicy: is "always"; expected `Always`',
    ],
    ['misspelt', service('a', { type: 'Nodeport' }), 'Service/a spec.type: is "Nodeport"; expected `NodePort`'],
    [
      'of another list',
      service('a', { sessionAffinity: 'Strict' }),
      'Service/a spec.sessionAffinity: is "Strict"; expected one of `None`, `ClientIP`',
    ],
    [
      'of a kind',
      deployment('a', {}, { strategy: { type: 'OnDelete' } }),
      'Deployment/a spec.strategy.type: is "OnDelete"; expected one of `RollingUpdate`, `Recreate`',
    ],
    [
      'of another kind',
      statefulSet('a', {}, { updateStrategy: { type: 'Recreate' } }),
      'StatefulSet/a spec.updateStrategy.type: is "Recreate"; expected one of `RollingUpdate`, `OnDelete`',
    ],
    [
      'in a list',
      object('v1', 'PersistentVolumeClaim', 'a', { spec: { accessModes: ['ReadWriteOnce', 'RWX'] } }),
      'PersistentVolumeClaim/a spec.accessModes[1]: is "RWX"; expected one of `ReadWriteOnce`, `ReadOnlyMany`, `ReadWriteMany`, `ReadWriteOncePod`',
    ],
    [
      'of the cluster',
      clusterWide('storage.k8s.io/v1', 'StorageClass', 'a', { reclaimPolicy: 'Recycle' }),
      'StorageClass/a reclaimPolicy: is "Recycle"; expected one of `Retain`, `Delete`',
    ],
  ])('holds one of them: %s', (_, wrong, words) => {
    expect(found(choices, [wrong])).toEqual([words]);
  });

  it.each([
    ['every one of them', container({ imagePullPolicy: 'IfNotPresent' })],
    ['none, where one is empty', deployment('a', { volumes: [{ name: 'a', emptyDir: { medium: '' } }] })],
    ['what is no text, which the schema reports', service('a', { type: 5 })],
    ['a field of the same name elsewhere', object('v1', 'Secret', 'a', { type: 'anything' })],
    ["another group's kind", object('example.com/v1', 'Service', 'a', { spec: { type: 'x' } })],
  ])('may hold %s', (_, right) => {
    expect(found(choices, [right])).toEqual([]);
  });
});

describe('the restart policy of pods', () => {
  it.each([
    [
      'a Job',
      job('a', { restartPolicy: 'Always' }),
      'Job/a spec.template.spec.restartPolicy: is "Always" in a Job; expected one of `OnFailure`, `Never`',
    ],
    [
      'a Job that does not say',
      job('a'),
      'Job/a spec.template.spec.restartPolicy: is "Always" in a Job; expected one of `OnFailure`, `Never`',
    ],
    [
      'a CronJob',
      cronJob('a'),
      'CronJob/a spec.jobTemplate.spec.template.spec.restartPolicy: is "Always" in a CronJob; expected one of `OnFailure`, `Never`',
    ],
    [
      'a Deployment',
      deployment('a', { restartPolicy: 'Never' }),
      'Deployment/a spec.template.spec.restartPolicy: is "Never" in a Deployment; expected `Always`',
    ],
  ])('is one that its kind can have: %s', (_, wrong, words) => {
    expect(found(choices, [wrong])).toEqual([words]);
  });

  it.each([
    job('a', { restartPolicy: 'Never' }),
    cronJob('a', { restartPolicy: 'OnFailure' }),
    deployment('a'),
    deployment('a', { restartPolicy: 'Always' }),
    pod({ restartPolicy: 'Never' }),
    pod({}),
  ])('is right: %#', (right) => {
    expect(found(choices, [right])).toEqual([]);
  });
});
