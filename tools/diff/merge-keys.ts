import { isRecord } from '../manifests/yaml';

/**
 * Fields that tell entries of a list apart, by the list's name; alternatives in order. Kubernetes' own merge keys
 * (`x-kubernetes-list-map-keys` and `patchMergeKey` of its OpenAPI), and what is unique by meaning where it has none.
 */
const KEYS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  hostAliases: [['ip']],
  limits: [['type']],
  matchExpressions: [['key', 'operator']],
  metrics: [['type', 'resource.name']],
  paths: [['path']],
  ports: [
    ['containerPort', 'protocol'],
    ['port', 'protocol'],
  ],
  readinessGates: [['conditionType']],
  rules: [['host']],
  subjects: [['kind', 'namespace', 'name']],
  tls: [['secretName']],
  topologySpreadConstraints: [['topologyKey', 'whenUnsatisfiable']],
  volumeClaimTemplates: [['metadata.name']],
  volumeDevices: [['devicePath']],
  volumeMounts: [['mountPath']],
};

/** Lists of other names: of containers, volumes, variables, webhooks, versions. */
const OTHERS = [['name'], ['key']];

/** A port's protocol that is not written. */
const UNWRITTEN: Readonly<Record<string, string>> = { protocol: 'TCP' };

/** What tells an entry from its neighbours; undefined where that field is missing. */
function labelOf(entry: unknown, keys: readonly string[]): string | undefined {
  const parts: string[] = [];
  for (const [index, key] of keys.entries()) {
    const value = key.split('.').reduce<unknown>((at, step) => (isRecord(at) ? at[step] : undefined), entry);
    if (typeof value !== 'string' && typeof value !== 'number') {
      // The first field of a key is what it is about; the others may have a default.
      if (index === 0) return undefined;
      continue;
    }
    if (value !== UNWRITTEN[key]) parts.push(String(value));
  }
  return parts.join('/');
}

/** Entries of a list by their labels; undefined where two have the same one, or an entry has none. */
function labelled(list: readonly unknown[], keys: readonly string[]): ReadonlyMap<string, unknown> | undefined {
  const entries = new Map<string, unknown>();
  for (const entry of list) {
    const label = labelOf(entry, keys);
    if (label === undefined || entries.has(label)) return undefined;
    entries.set(label, entry);
  }
  return entries;
}

/** Two versions of a list by their entries' labels; undefined where entries are told apart by nothing but their content. */
export function byLabel(
  name: string,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly [ReadonlyMap<string, unknown>, ReadonlyMap<string, unknown>] | undefined {
  for (const keys of KEYS[name] ?? OTHERS) {
    const [was, is] = [labelled(before, keys), labelled(after, keys)];
    if (was && is) return [was, is];
  }
  return undefined;
}
