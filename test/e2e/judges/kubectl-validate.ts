import { join } from 'node:path';
import * as z from 'zod';
import type { ManifestSet } from '../../../tools/manifests/manifest-set';
import { agreed, consult, readJson } from './consult';
import { type Environment, type Judge, nameOf, type Said } from './judge';
import { type Minor, NEWEST_EMBEDDED } from './minors';
import type { OpenApi } from './openapi';
import { ROOT } from './subjects';

const CRDS = join(ROOT, 'imports/metallb');

const status = z.object({
  status: z.string(),
  message: z.string().optional(),
  reason: z.string().optional(),
  details: z
    .object({ causes: z.array(z.object({ field: z.string().optional(), message: z.string().optional() })).optional() })
    .optional(),
});

/** What `kubectl-validate --output json` holds: by file, a status for each document. */
export interface Report {
  readonly documents: number;
  readonly said: readonly Said[];
}

/**
 * Reads a report. Its statuses name no object: they come in the order of the documents, empty ones included.
 * @param set the files that were judged.
 */
export function readReport(json: string, { entries }: Pick<ManifestSet, 'entries'>): Report {
  const files = Object.entries(readJson('kubectl-validate', json, z.record(z.string(), z.array(status))));
  return {
    documents: files.reduce((sum, [, statuses]) => sum + statuses.length, 0),
    said: files.flatMap(([file, statuses]) =>
      statuses.flatMap((one, document) => {
        const entry = entries.find((known) => known.file === file && known.document === document);
        const object = entry ? nameOf(entry.manifest) : `${file}, document ${document + 1}`;
        return one.status === 'Success' ? [] : causesOf(one).map((cause) => ({ object, ...cause }));
      }),
    ),
  };
}

/** One finding a cause; its rule is the field at fault, or the reason where there is none. */
function causesOf({ reason = 'Failure', message = '', details }: z.output<typeof status>): Omit<Said, 'object'>[] {
  const causes = details?.causes?.length ? details.causes : [{ message }];
  return causes.map((cause) => ({ rule: cause.field || reason, message: cause.message ?? message }));
}

/** Fields, types, names and required fields, as the schemas of one minor of Kubernetes have them. */
export function kubectlValidate(
  binary: string,
  environments: readonly Environment[],
  { minor, openApi, faults }: Minor,
): Judge {
  const name = `kubectl-validate ${minor}`;
  return {
    name,
    tool: 'kubectl-validate',
    unit: 'objects',
    subjects: environments,
    judge: async ({ folder, set }) => {
      const answer = await consult(name, binary, [
        '--output=json',
        `--version=${openApi ? NEWEST_EMBEDDED : minor}`,
        ...(openApi ? [`--local-schemas=${openApi.folder}`] : []),
        `--local-crds=${CRDS}`,
        folder,
      ]);
      const { documents, said } = readReport(answer.stdout, set);
      const known = agreed(name, answer, said);
      return { judged: documents, expected: set.objects.length, said: [...known, ...unknownKinds(set, openApi)] };
    },
    faults,
  };
}

/** Local schemas are laid over embedded ones: a kind that is gone in the newer minor would still be found in the older. */
export const unknownKinds = ({ objects }: ManifestSet, openApi: OpenApi | undefined): Said[] =>
  objects
    .filter(({ apiVersion, kind }) => openApi && isBuiltIn(apiVersion) && !openApi.kinds.has(`${apiVersion} ${kind}`))
    .map((object) => ({
      object: nameOf(object),
      rule: 'removed kind',
      message: `${object.apiVersion} ${object.kind} is not served by ${openApi?.version}`,
    }));

/** Kubernetes' own groups have no dot in their names, or end in k8s.io. */
const isBuiltIn = (apiVersion: string): boolean => /^([a-z0-9]+|[a-z0-9]+\/.*|.*\.k8s\.io\/.*)$/.test(apiVersion);
