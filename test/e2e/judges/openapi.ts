import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { Refused } from '../../../tools/parse/parse';
import { cacheFolder } from '../tools-build/cache';
import { go, requireGo } from '../tools-build/go';
import { readJson } from './consult';
import type { Environment } from './judge';
import { readTool } from './modules';

/** The release whose schemas judge what is deployed, and its checksum as go.sum would hold it. */
export const RELEASE = {
  module: 'k8s.io/kubernetes',
  version: 'v1.36.3',
  sum: 'h1:qDQdoMiluAE2Eab6Fa52YV+WjiGz9mZFFoagEA6cI+o=',
};

/** The OpenAPI v3 schemas of one release of Kubernetes. */
export interface OpenApi {
  readonly version: string;
  readonly minor: string;
  /** In the form that kubectl-validate reads: `api/v1.json`, `apis/apps/v1.json`. */
  readonly folder: string;
  /** What it serves: `apps/v1 Deployment`. */
  readonly kinds: ReadonlySet<string>;
}

/**
 * The schemas of the deployed minor, out of the cache or of the module of its release.
 * @throws Refused where an environment is for another minor, or the module is not the one that was pinned.
 */
export async function deployedOpenApi(
  environments: readonly Pick<Environment, 'name' | 'kubernetes'>[],
): Promise<OpenApi> {
  const { version, sum } = RELEASE;
  const minor = version.split('.').slice(0, 2).join('.').slice(1);
  requireMinor(environments, minor);
  const folder = join(
    cacheFolder('judges'),
    `openapi-${version}-${createHash('sha256').update(sum).digest('hex').slice(0, 16)}`,
  );
  if (!existsSync(folder)) await fill(folder);
  return { version, minor, folder, kinds: readKinds(folder) };
}

export function requireMinor(environments: readonly Pick<Environment, 'name' | 'kubernetes'>[], minor: string): void {
  const others = environments.filter(({ kubernetes }) => kubernetes !== minor);
  if (others.length === 0) return;
  throw new Refused(
    others.map(
      ({ name, kubernetes }) =>
        `dist/inventory/${name}.json: kubernetes is ${kubernetes}; expected ${minor}, the minor of ${RELEASE.module} ${RELEASE.version}. Pin a release of ${kubernetes} in test/e2e/judges/openapi.ts.`,
    ),
  );
}

const download = z.object({ Dir: z.string(), Sum: z.string() });

async function fill(folder: string): Promise<void> {
  const { module, version, sum } = RELEASE;
  await requireGo([readTool('kubectl-validate')], 'verify:static');
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  try {
    const answer = await go(unfinished, ['mod', 'download', '-json', `${module}@${version}`]);
    const { Dir, Sum } = readJson(`go mod download ${module}@${version}`, answer, download);
    if (Sum !== sum)
      throw new Refused([
        `${module} ${version}: has checksum ${Sum}; expected ${sum}, as pinned in test/e2e/judges/openapi.ts`,
      ]);
    const source = join(Dir, 'api/openapi-spec/v3');
    for (const file of readdirSync(source)) {
      const path = schemaPath(file);
      if (path === undefined) continue;
      mkdirSync(dirname(join(unfinished, path)), { recursive: true });
      copyFileSync(join(source, file), join(unfinished, path));
    }
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

/** Where kubectl-validate looks for what Kubernetes calls `apis__apps__v1_openapi.json`; undefined for lists of versions. */
export function schemaPath(file: string): string | undefined {
  const [root, ...rest] = file.replace(/_openapi\.json$/, '').split('__');
  if (!file.endsWith('_openapi.json')) return undefined;
  if (root === 'api' && rest.length === 1) return `api/${rest[0]}.json`;
  return root === 'apis' && rest.length === 2 ? `apis/${rest[0]}/${rest[1]}.json` : undefined;
}

const served = z.object({
  components: z.object({
    schemas: z.record(
      z.string(),
      z.object({
        'x-kubernetes-group-version-kind': z
          .array(z.object({ group: z.string(), version: z.string(), kind: z.string() }))
          .optional(),
      }),
    ),
  }),
});

/** Kinds that a group's own file has; others name them too: every group has DeleteOptions. */
function readKinds(folder: string): ReadonlySet<string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Set(
    files.flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { components } = readJson(path, readFileSync(path, 'utf8'), served);
      return Object.values(components.schemas)
        .flatMap((schema) => schema['x-kubernetes-group-version-kind'] ?? [])
        .map(({ group, version, kind }) => `${group === '' ? version : `${group}/${version}`} ${kind}`);
    }),
  );
}
