import * as z from 'zod';
import { agreed, consult, readJson } from './consult';
import type { Environment, Judge, Said } from './judge';
import { withChanges, withObject } from './subjects';

const report = z.object({
  resources: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      status: z.enum(['statusValid', 'statusInvalid', 'statusError', 'statusSkipped', '']),
      msg: z.string(),
      validationErrors: z.array(z.object({ path: z.string(), msg: z.string() })).optional(),
    }),
  ),
});

/** What `kubeconform -output json -verbose` holds. Objects stand in it without their namespace. */
export interface Report {
  /** Objects that were held against a schema; a skipped one was not. */
  readonly judged: number;
  readonly said: readonly Said[];
}

export function readReport(json: string): Report {
  const { resources } = readJson('kubeconform', json, report);
  return {
    judged: resources.filter(({ status }) => status === 'statusValid' || status === 'statusInvalid').length,
    said: resources
      .filter(({ status }) => status === 'statusInvalid' || status === 'statusError')
      .flatMap(({ kind, name, status, msg, validationErrors }) => {
        const errors = validationErrors?.length ? validationErrors : [{ path: status, msg }];
        return errors.map((error) => ({ object: `${kind}/${name}`, rule: error.path, message: error.msg }));
      }),
  };
}

/**
 * Fields and types by JSON Schema, without network.
 * @param schemas what `writeSchemas` gave.
 */
export function kubeconform(
  binary: string,
  environments: readonly Environment[],
  sample: Environment,
  schemas: string,
): Judge {
  return {
    name: 'kubeconform',
    tool: 'kubeconform',
    unit: 'objects',
    subjects: environments,
    judge: async ({ folder, set }) => {
      const words = ['-strict', '-verbose', '-output', 'json', '-n', '2', '-schema-location', schemas, folder];
      const answer = await consult('kubeconform', binary, words);
      const { judged, said } = readReport(answer.stdout);
      return { judged, expected: set.objects.length, said: agreed('kubeconform', answer, said) };
    },
    faults: [
      {
        title: 'a number written as a word',
        rule: '/spec/minReadySeconds',
        plant: (folder) => named(withChanges(sample, folder, 'Deployment', [['spec', 'minReadySeconds'], 'five'])),
      },
      {
        title: 'a field that nobody knows, deep in a pod',
        rule: '/spec/template/spec/containers/0/livenessProbe',
        plant: (folder) =>
          named(
            withChanges(sample, folder, 'Deployment', [
              ['spec', 'template', 'spec', 'containers', 0, 'livenessProbe', 'periodSecond'],
              5,
            ]),
          ),
      },
      {
        title: 'a custom resource with a field that its definition has not',
        rule: '/spec',
        plant: (folder) => named(withObject(sample, folder, POOL)),
      },
      {
        title: 'a kind without a schema',
        rule: 'statusError',
        plant: (folder) => named(withObject(sample, folder, { ...POOL, kind: 'Unheard' })),
      },
    ],
  };
}

/** The object as kubeconform names it. */
const named = <P extends { readonly object?: string }>(planted: P): P => ({
  ...planted,
  object: planted.object?.replace(/\/.*\//, '/'),
});

const POOL = {
  apiVersion: 'metallb.io/v1beta1',
  kind: 'IPAddressPool',
  metadata: { name: 'planted', namespace: 'planted' },
  spec: { addresses: ['192.0.2.0/29'], autoAsign: true },
};
