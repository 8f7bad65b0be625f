import * as z from 'zod';
import { Refused } from '../../../tools/parse/parse';
import { agreed, consult, readJson } from './consult';
import { type Environment, type Judge, nameOf, type Said } from './judge';
import { withChanges } from './subjects';

/** Kinds that kube-score reads; it passes over all others without a word. */
const KINDS = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Ingress',
  'Job',
  'NetworkPolicy',
  'Pod',
  'PodDisruptionBudget',
  'Service',
  'StatefulSet',
]);

/** kube-score's grades: 1 critical, 5 warning, 7 and 10 pass. */
const WARNING = 5;

const scored = z.object({
  type_meta: z.object({ apiVersion: z.string(), kind: z.string() }),
  object_meta: z.object({ name: z.string(), namespace: z.string().optional() }),
  checks: z.array(
    z.object({
      check: z.object({ id: z.string() }),
      grade: z.number(),
      skipped: z.boolean(),
      comments: z.array(z.object({ path: z.string(), summary: z.string() })).nullable(),
    }),
  ),
});

/** What `kube-score score --output-format json` holds. */
export interface Report {
  readonly objects: number;
  /** Checks that were made on some object, or skipped there. */
  readonly checks: ReadonlySet<string>;
  readonly said: readonly Said[];
}

export function readReport(json: string): Report {
  const objects = readJson('kube-score', json, z.array(scored));
  return {
    objects: objects.length,
    checks: new Set(objects.flatMap(({ checks }) => checks.map(({ check }) => check.id))),
    said: objects.flatMap(({ type_meta, object_meta, checks }) =>
      checks
        .filter(({ skipped, grade }) => !skipped && grade <= WARNING)
        .map(({ check, comments }) => ({
          object: nameOf({ ...type_meta, metadata: object_meta }),
          rule: check.id,
          message: (comments ?? []).map(({ path, summary }) => [path, summary].filter(Boolean).join(': ')).join('; '),
        })),
    ),
  };
}

/** Ids of the checks that are made only where they are asked for, of `kube-score list`. */
export const optionalChecks = (list: string): string[] =>
  list
    .split('\n')
    .filter((line) => line.endsWith(',optional'))
    .map((line) => line.slice(0, line.indexOf(',')));

/** Good practice: every test that kube-score has, and no annotation that excuses an object. */
export function kubeScore(binary: string, environments: readonly Environment[], sample: Environment): Judge {
  return {
    name: 'kube-score',
    tool: 'kube-score',
    unit: 'objects',
    subjects: environments,
    judge: async ({ folder, kubernetes, set }) => {
      const optional = optionalChecks((await consult('kube-score list', binary, ['list'])).stdout);
      const files = new Set(set.entries.map(({ file }) => file));
      const answer = await consult('kube-score', binary, [
        'score',
        '--output-format=json',
        '--exit-one-on-warning',
        '--disable-ignore-checks-annotations',
        `--kubernetes-version=v${kubernetes}`,
        ...optional.map((id) => `--enable-optional-test=${id}`),
        ...files,
      ]);
      const { objects, checks, said } = readReport(answer.stdout);
      const unasked = optional.filter((id) => !checks.has(id));
      if (optional.length === 0 || unasked.length > 0) {
        throw new Refused([
          `kube-score: made no check ${unasked.join(', ') || 'that is optional'} in ${folder}; expected every optional one`,
        ]);
      }
      const expected = set.objects.filter(({ kind }) => KINDS.has(kind)).length;
      return { judged: objects, expected, said: agreed('kube-score', answer, said) };
    },
    faults: [
      {
        title: 'a container without a seccomp profile, which only an optional test sees',
        rule: 'container-seccomp-profile',
        plant: (folder) =>
          withChanges(
            sample,
            folder,
            'Deployment',
            [['spec', 'template', 'spec', 'securityContext', 'seccompProfile'], undefined],
            [['spec', 'template', 'spec', 'containers', 0, 'securityContext', 'seccompProfile'], undefined],
          ),
      },
      {
        title: 'a Service that selects no pod, with an annotation that would excuse it',
        rule: 'service-targets-pod',
        plant: (folder) =>
          withChanges(
            sample,
            folder,
            'Service',
            [['metadata', 'annotations'], { 'kube-score/ignore': 'service-targets-pod' }],
            [['spec', 'selector'], { drifted: 'label' }],
          ),
      },
    ],
  };
}
