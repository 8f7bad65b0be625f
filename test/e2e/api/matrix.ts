import type { Api } from '../../../tools/deploy/api/client';

/** Somebody who may ask the API server, by the names under which it knows them. */
export interface Subject {
  readonly user: string;
  readonly groups: readonly string[];
}

/** One thing that somebody may do. */
export interface Right {
  /** `its namespace`, `another namespace`, `the whole cluster`, or `paths`. */
  readonly where: string;
  /** `deployments.apps`, `pods/log`, `namespaces "chat"`, `/version`. */
  readonly what: string;
  readonly verb: string;
}

interface Cell extends Right {
  readonly spec: object;
}

/** Verbs of requests, and the one that stands for all. */
const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch', '*'];

/** Verbs that are no requests: authorizers are asked about them in the course of others. */
const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  clusterroles: ['bind', 'escalate'],
  groups: ['impersonate'],
  roles: ['bind', 'escalate'],
  serviceaccounts: ['impersonate'],
  signers: ['approve', 'attest', 'sign'],
  uids: ['impersonate'],
  userextras: ['impersonate'],
  users: ['impersonate'],
};

interface Resource {
  readonly group: string;
  /** Plural, with its subresource. */
  readonly name: string;
  readonly namespaced: boolean;
}

/** What authorizers are asked about and discovery does not list. */
const UNLISTED: readonly Resource[] = [
  { group: '', name: 'groups', namespaced: false },
  { group: '', name: 'users', namespaced: false },
  { group: 'authentication.k8s.io', name: 'uids', namespaced: false },
  { group: 'authentication.k8s.io', name: 'userextras', namespaced: false },
  { group: 'certificates.k8s.io', name: 'signers', namespaced: false },
  ...['checkpoint', 'configz', 'healthz', 'log', 'metrics', 'pods', 'spec', 'stats'].map(
    (kubelets): Resource => ({ group: '', name: `nodes/${kubelets}`, namespaced: false }),
  ),
  { group: '*', name: '*', namespaced: true },
];

const PATHS = [
  '/',
  '/api',
  '/apis',
  '/debug/pprof',
  '/healthz',
  '/livez',
  '/logs',
  '/metrics',
  '/openapi/v3',
  '/readyz',
  '/version',
  '*',
];

const groupless = (group: string): string => (group === '' ? '' : `.${group}`);

const nameOf = (group: string, resource: string): string => {
  const [plural = '', subresource] = resource.split('/');
  return `${plural}${groupless(group)}${subresource === undefined ? '' : `/${subresource}`}`;
};

/** Every question that can be asked of somebody: verb × resource with its subresources × place, and paths. */
export async function questions(api: Api, namespace: string): Promise<Cell[]> {
  const everywhere = { where: 'the whole cluster', at: {} };
  const places = [
    { where: 'its namespace', at: { namespace } },
    { where: 'another namespace', at: { namespace: 'kube-system' } },
  ];
  const cells = [...(await resources(api)), ...UNLISTED].flatMap(({ group, name, namespaced }) => {
    const [resource = '', subresource] = name.split('/');
    return [everywhere, ...(namespaced ? places : [])].flatMap(({ where, at }) =>
      [...VERBS, ...(HIDDEN[resource] ?? [])].map((verb): Cell => {
        const resourceAttributes = { verb, group, resource, subresource, ...at };
        return { where, what: nameOf(group, name), verb, spec: { resourceAttributes } };
      }),
    );
  });
  // A namespace itself is asked for inside of it.
  const namespaces = places.flatMap(({ where, at }) =>
    VERBS.map((verb): Cell => {
      const resourceAttributes = { verb, group: '', resource: 'namespaces', name: at.namespace, ...at };
      return { where, what: 'namespaces, by its name', verb, spec: { resourceAttributes } };
    }),
  );
  const paths = PATHS.flatMap((path) =>
    ['get', 'post', 'put', 'delete', '*'].map(
      (verb): Cell => ({ where: 'paths', what: path, verb, spec: { nonResourceAttributes: { path, verb } } }),
    ),
  );
  return [...cells, ...namespaces, ...paths];
}

/** Resources of every group, subresources among them. */
async function resources(api: Api): Promise<Resource[]> {
  const { groups } = await api.get<{ groups: { name: string; versions: { groupVersion: string }[] }[] }>('/apis');
  const versions = groups.flatMap(({ name, versions }) =>
    versions.map(({ groupVersion }) => ({ group: name, path: `/apis/${groupVersion}` })),
  );
  const lists = await Promise.all(
    [{ group: '', path: '/api/v1' }, ...versions].map(async ({ group, path }) => {
      const list = await api.get<{ resources: Omit<Resource, 'group'>[] }>(path);
      return list.resources.map(({ name, namespaced }): Resource => ({ group, name, namespaced }));
    }),
  );
  return [...new Map(lists.flat().map((one) => [`${one.group}/${one.name}`, one])).values()];
}

/** What of it somebody may do. The administrator asks in their place. */
export async function rightsOf(api: Api, { user, groups }: Subject, cells: readonly Cell[]): Promise<Right[]> {
  const answers = await Promise.all(
    cells.map(async ({ spec }) => {
      const { value } = await api.ask<{ status: { allowed: boolean } }>(
        'POST',
        '/apis/authorization.k8s.io/v1/subjectaccessreviews',
        {
          body: {
            apiVersion: 'authorization.k8s.io/v1',
            kind: 'SubjectAccessReview',
            spec: { ...spec, user, groups },
          },
          patience: 120_000,
        },
      );
      return value.status.allowed;
    }),
  );
  return cells.filter((_, index) => answers[index]);
}

/** Rights as a table: what may be done with the same verbs at the same place stands in one row. */
export function tableOf(rights: readonly Right[]): string {
  if (rights.length === 0) return 'nothing more';
  const verbs = grouped(rights, ({ where, what }) => `${where}\n${what}`);
  const rows = grouped([...verbs.values()], (same) => `${same[0]?.where}\n${same.map(({ verb }) => verb).join(' ')}`);
  return [
    '| where | what | may be |',
    '| --- | --- | --- |',
    ...[...rows].map(([key, same]) => {
      const [where, words] = key.split('\n');
      return `| ${where} | ${same
        .map(([first]) => first?.what)
        .sort()
        .join('<br>')} | ${words} |`;
    }),
  ].join('\n');
}

function grouped<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}

/** What somebody may do beyond what others may. */
export function beyond(rights: readonly Right[], base: readonly Right[]): Right[] {
  const known = new Set(base.map(keyOf));
  return rights.filter((right) => !known.has(keyOf(right)));
}

const keyOf = ({ where, what, verb }: Right): string => `${where}\n${what}\n${verb}`;
