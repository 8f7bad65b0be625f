/** A right that a release needs: verbs on one resource. */
export interface Need {
  readonly group: string;
  /** Plural, with its subresource: `pods/log`. */
  readonly resource: string;
  readonly verbs: readonly string[];
  /** Undefined for what belongs to the whole cluster. */
  readonly namespace: string | undefined;
  /** The one object that it is needed for. */
  readonly name?: string;
}

const WRITE = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
const LOOK = ['get', 'list', 'watch'];

/** What every release needs in its namespace, whatever it carries. Claims are for an administrator to delete. */
export const always = (namespace: string, pruneData: boolean): Need[] => [
  ...(pruneData ? [{ group: '', resource: 'persistentvolumeclaims', verbs: ['delete'], namespace }] : []),
  // Helm keeps its releases there; the contract's keys are looked at.
  { group: '', resource: 'secrets', verbs: WRITE, namespace },
  // One deploy at a time.
  {
    group: 'coordination.k8s.io',
    resource: 'leases',
    verbs: ['get', 'create', 'update', 'patch', 'delete'],
    namespace,
  },
  { group: '', resource: 'namespaces', verbs: ['get'], namespace, name: namespace },
  // A StatefulSet goes back only once its broken pod is gone.
  { group: '', resource: 'pods', verbs: [...LOOK, 'delete'], namespace },
  ...[
    ['', 'events'],
    ['', 'persistentvolumeclaims'],
    ['apps', 'replicasets'],
    ['discovery.k8s.io', 'endpointslices'],
  ].map(([group = '', resource = '']): Need => ({ group, resource, verbs: LOOK, namespace })),
  { group: '', resource: 'pods/log', verbs: ['get'], namespace },
];

/** What a release needs to carry an object that the API server keeps at a path. */
export function carrying(path: string): Need {
  const [, group = '', namespace, resource = ''] =
    /^\/(?:api|apis\/([^/]+))\/[^/]+(?:\/namespaces\/([^/]+))?\/([^/]+)\/[^/]+$/.exec(path) ?? [];
  return { group, resource, verbs: WRITE, namespace };
}

/** Each resource of a namespace once, with every verb that anything needs of it. */
export function distinct(needs: readonly Need[]): Need[] {
  const merged = new Map<string, Need>();
  for (const need of needs) {
    const key = `${need.group}/${need.resource}/${need.namespace}/${need.name}`;
    merged.set(key, { ...need, verbs: [...new Set([...(merged.get(key)?.verbs ?? []), ...need.verbs])] });
  }
  return [...merged.values()];
}

/** `deployments.apps`, `pods/log`: as `kubectl auth can-i` takes it. */
export const resourceOf = ({ group, resource }: Need): string => {
  const [plural = '', subresource] = resource.split('/');
  return `${plural}${group === '' ? '' : `.${group}`}${subresource === undefined ? '' : `/${subresource}`}`;
};

/** Resources that lack the same verbs, in one line. */
export function missingLines(missing: readonly Need[]): string[] {
  const lines = new Map<string, Need[]>();
  for (const need of missing) {
    const key = `${need.verbs.join(', ')}\n${need.namespace ?? ''}`;
    lines.set(key, [...(lines.get(key) ?? []), need]);
  }
  return [...lines.values()].map((needs) => {
    const [{ verbs, namespace }] = needs as [Need, ...Need[]];
    const where = namespace === undefined ? 'the whole cluster' : `namespace ${namespace}`;
    return `${verbs.join(', ')}: ${needs.map(resourceOf).sort().join(', ')} in ${where}`;
  });
}
