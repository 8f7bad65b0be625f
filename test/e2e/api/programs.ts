import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../tools-build/cache';
import { buildPackage, requireGo } from '../tools-build/go';
import { hashOfSources } from '../tools-build/hash';

/** A folder of test/e2e/tools that pins programs of a control plane: one module, one or several packages. */
export interface Source {
  readonly folder: string;
  /** Module whose version is the programs'. */
  readonly module: string;
  /** Package of each program. */
  readonly programs: Readonly<Record<string, string>>;
  /** Variables that a release's build fills with its version; `{version}`, `{major}`, `{minor}`. */
  readonly stamps?: Readonly<Record<string, string>>;
}

/** What a release of Kubernetes says of itself; without it, clients see a server of version v0.0.0. */
const kubernetesStamps = Object.fromEntries(
  ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'].flatMap((path) => [
    [`${path}.gitVersion`, '{version}'],
    [`${path}.gitMajor`, '{major}'],
    [`${path}.gitMinor`, '{minor}'],
  ]),
);

const kubernetes = (name: string): [string, string] => [name, `k8s.io/kubernetes/cmd/${name}`];

/** Small ones first: a build that breaks off has left something behind. */
export const SOURCES: readonly Source[] = [
  {
    folder: 'helm',
    module: 'helm.sh/helm/v4',
    programs: { helm: 'helm.sh/helm/v4/cmd/helm' },
    stamps: { 'helm.sh/helm/v4/internal/version.version': '{version}' },
  },
  {
    folder: 'etcd',
    module: 'go.etcd.io/etcd/server/v3',
    programs: {
      etcd: 'go.etcd.io/etcd/server/v3',
      etcdctl: 'go.etcd.io/etcd/etcdctl/v3',
      etcdutl: 'go.etcd.io/etcd/etcdutl/v3',
    },
  },
  { folder: 'kwok', module: 'sigs.k8s.io/kwok', programs: { kwok: 'sigs.k8s.io/kwok/cmd/kwok' } },
  {
    folder: 'kubernetes',
    module: 'k8s.io/kubernetes',
    programs: Object.fromEntries(
      ['kubectl', 'kubeadm', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map(kubernetes),
    ),
    stamps: kubernetesStamps,
  },
];

/** Programs of one folder, as they are built and kept. */
export interface Programs {
  readonly name: string;
  readonly folder: string;
  readonly packages: Readonly<Record<string, string>>;
  /** `v1.36.3` */
  readonly version: string;
  readonly go: string;
  readonly flags: readonly string[];
  /** Folder of the cache that holds them, under their own names, so that it can stand in a PATH. */
  readonly binaries: string;
}

const TOOLS = join(__dirname, '../tools');

/** Static programs: nothing of the machine's libraries is in them. */
const ENVIRONMENT = { CGO_ENABLED: '0' };

export function readPrograms(source: Source, tools = TOOLS, cache = cacheFolder('cluster')): Programs {
  const folder = join(tools, source.folder);
  const text = readFileSync(join(folder, 'go.mod'), 'utf8');
  const version = pinnedVersion(text, source.module);
  const flags = ['-trimpath', '-ldflags', linkerFlags(source.stamps ?? {}, version)];
  const how = [...flags, ...Object.entries({ ...ENVIRONMENT, ...source.programs }).flat()];
  return {
    name: source.folder,
    folder,
    packages: source.programs,
    version,
    go: /^go (\S+)$/m.exec(text)?.[1] ?? '',
    flags,
    binaries: join(cache, `${source.folder}-${hashOfSources(folder, how)}`),
  };
}

/** @throws Error where the module is not required: the table and the folder disagree. */
export function pinnedVersion(goMod: string, module: string): string {
  const line = goMod.split('\n').find((one) =>
    one
      .replace(/^require /, '')
      .trim()
      .startsWith(`${module} `),
  );
  const version = line
    ?.replace(/^require /, '')
    .trim()
    .split(' ')[1];
  if (version === undefined) throw new Error(`go.mod requires no ${module}`);
  return version;
}

/** Strips tables that only debuggers read, and stamps the version. */
export function linkerFlags(stamps: Readonly<Record<string, string>>, version: string): string {
  const [, major = '', minor = ''] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  const filled = Object.entries(stamps).map(
    ([name, value]) =>
      `-X ${name}=${value.replace('{version}', version).replace('{major}', major).replace('{minor}', minor)}`,
  );
  return ['-s -w', ...filled].join(' ');
}

/** Every program that is not in the cache, with the programs that it belongs to. */
export const missingPrograms = (all: readonly Programs[]) =>
  all.flatMap((programs) =>
    Object.entries(programs.packages)
      .filter(([name]) => !existsSync(join(programs.binaries, name)))
      .map(([name, path]) => ({ name, path, programs })),
  );

/**
 * Builds what is missing, one after another: together the linkers would not fit a small machine's memory.
 * @param command what needs them, for the message.
 */
export async function buildPrograms(
  all: readonly Programs[],
  print: (line: string) => void,
  command = 'e2e:api',
): Promise<void> {
  const missing = missingPrograms(all);
  if (missing.length === 0) return;
  await requireGo(
    missing.map(({ name, programs }) => ({ name, go: programs.go })),
    command,
  );
  print(`building ${missing.length} programs into ${cacheFolder('cluster')}; the first time it takes many minutes`);
  for (const { name, path, programs } of missing) {
    const started = performance.now();
    await buildPackage(programs.folder, path, join(programs.binaries, name), programs.flags, ENVIRONMENT);
    print(`  ${name} ${programs.version}: ready after ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

/** A PATH that finds the pinned programs before any of the machine's. */
export const pathWith = (all: readonly Programs[], path = process.env.PATH ?? ''): string =>
  [...all.map(({ binaries }) => binaries), path].join(delimiter);
