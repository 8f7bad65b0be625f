import { set } from '../edits';
import { type Case, expected, judgement } from '../world';

const main = (object: { spec: { template: { spec: { containers: { [field: string]: unknown }[] } } } }) =>
  object.spec.template.spec.containers[0] ?? {};

const NO_LONGER = 'no longer mounted at /data';

const CASES: readonly Case[] = [
  [
    'a claim that becomes a folder of the pod',
    'Deployment/chat',
    set('spec.template.spec.volumes.0', { name: 'data', emptyDir: {} }),
    'spec.template.spec.volumes[data].persistentVolumeClaim',
    `data: claim chat is ${NO_LONGER}`,
  ],
  [
    'another claim',
    'Deployment/chat',
    set('spec.template.spec.volumes.0.persistentVolumeClaim.claimName', 'other'),
    'spec.template.spec.volumes[data].persistentVolumeClaim.claimName',
    `data: claim chat is ${NO_LONGER}`,
  ],
  [
    'a claim that is mounted elsewhere',
    'Deployment/chat',
    (deployment) => {
      main(deployment).volumeMounts = [{ name: 'data', mountPath: '/elsewhere' }];
    },
    'spec.template.spec.containers[main].volumeMounts[/data]',
    `data: claim chat is ${NO_LONGER}`,
  ],
  [
    'another folder of a claim',
    'Deployment/chat',
    (deployment) => {
      main(deployment).volumeMounts = [{ name: 'data', mountPath: '/data', subPath: 'new' }];
    },
    'spec.template.spec.containers[main].volumeMounts[/data].subPath',
    `data: claim chat is ${NO_LONGER}`,
  ],
  [
    'a claim template that is no longer mounted',
    'StatefulSet/store',
    (set) => {
      main(set).volumeMounts = [];
    },
    'spec.template.spec.containers[main].volumeMounts[/data]',
    `data: a claim of its template data is ${NO_LONGER}`,
  ],
  [
    'a volume that is only called otherwise',
    'Deployment/chat',
    (deployment) => {
      deployment.spec.template.spec.volumes[0].name = 'disk';
      main(deployment).volumeMounts = [
        { name: 'disk', mountPath: '/data' },
        { name: 'tmp', mountPath: '/tmp' },
      ];
    },
    'spec.template.spec.containers[main].volumeMounts[/data].name',
    'restarts: a changed pod template replaces every pod',
  ],
  [
    'older software on stored data',
    'StatefulSet/store',
    (set) => {
      main(set).image = 'registry.example.com/store:1.1.9@sha256:2';
    },
    'spec.template.spec.containers[main].image',
    'data: an older version may not read what the newer one wrote',
  ],
  [
    'newer software on stored data',
    'StatefulSet/store',
    (set) => {
      main(set).image = 'registry.example.com/store:1.10.0@sha256:2';
    },
    'spec.template.spec.containers[main].image',
    'restarts: a changed pod template replaces its pods one after another',
  ],
  [
    'another user of stored data',
    'StatefulSet/store',
    set('spec.template.spec.securityContext.runAsUser', 10002),
    'spec.template.spec.securityContext.runAsUser',
    'data: its files belong to the old user, and no fsGroup gives them to the new one',
  ],
  [
    'a user that is said for the first time',
    'StatefulSet/store',
    set('spec.template.spec.containers.0.securityContext.runAsUser', 10001),
    'spec.template.spec.containers[main].securityContext.runAsUser',
    'restarts: a changed pod template replaces its pods one after another',
  ],
  [
    'another user to whom the files are given',
    'StatefulSet/store',
    set('spec.template.spec.securityContext.runAsUser', 10002),
    'spec.template.spec.securityContext.runAsUser',
    'restarts: a changed pod template replaces its pods one after another',
    set('spec.template.spec.securityContext.fsGroup', 10001),
  ],
];

describe('what pods have stored', () => {
  it.each(CASES.map((entry) => [entry[0], entry] as const))('is judged: %s', (_, entry) => {
    expect(judgement(entry)).toEqual(expected(entry));
  });
});
