import { agreed, consult, numberIn } from './consult';
import type { Environment, Judge, Said } from './judge';
import { withChanges, withObject } from './subjects';

/** Findings of the program in test/e2e/tools/pod-security: file, object, reason and detail, parted by tabs. */
export const readFindings = (stdout: string): Said[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, object = '', rule = '', message = ''] = line.split('\t');
      // An object without a namespace has nothing between two slashes.
      return { object: object.replace('//', '/'), rule, message };
    });

/** The library that a cluster's admission holds pods against, at level restricted. */
export function podSecurity(binary: string, environments: readonly Environment[], sample: Environment): Judge {
  return {
    name: 'pod-security',
    tool: 'pod-security',
    unit: 'pods',
    subjects: environments,
    judge: async ({ folder, set }) => {
      const answer = await consult('pod-security', binary, [folder]);
      const judged = numberIn(answer.stderr, /^(\d+) pods in \d+ files judged by restricted:latest$/m);
      return { judged, expected: set.pods.length, said: agreed('pod-security', answer, readFindings(answer.stdout)) };
    },
    faults: [
      {
        title: 'a Deployment whose container may gain privileges',
        rule: 'allowPrivilegeEscalation != false',
        plant: (folder) =>
          withChanges(sample, folder, 'Deployment', [
            ['spec', 'template', 'spec', 'containers', 0, 'securityContext', 'allowPrivilegeEscalation'],
            true,
          ]),
      },
      {
        title: 'a CronJob that mounts a folder of its node',
        rule: 'restricted volume types',
        plant: (folder) =>
          withObject(sample, folder, {
            apiVersion: 'batch/v1',
            kind: 'CronJob',
            metadata: { name: 'planted', namespace: 'planted' },
            ...{ spec: { jobTemplate: { spec: { template: { spec: NODE_READER } } } } },
          }),
      },
    ],
  };
}

const NODE_READER = {
  containers: [{ name: 'planted', image: 'registry.example.com/planted' }],
  volumes: [{ name: 'node', hostPath: { path: '/' } }],
};
