import { createHash } from 'node:crypto';
import * as z from 'zod';
import { fields } from '../parse/parse';
import type { ManifestFile } from './manifests';
import { compareText, type Manifest } from './order';

const names = z.array(z.string()).readonly();
const strings = z.record(z.string(), z.string()).readonly();

const peer = z.union([
  fields({ workload: z.string() }),
  fields({ namespace: z.string(), podLabels: strings }),
  fields({ networks: names }),
]);

/** One end of a talk: pods of a workload, pods of another namespace, or addresses. */
export type Peer = z.output<typeof peer>;

const talk = fields({
  from: peer,
  to: peer,
  port: z.int(),
  protocols: z.array(z.enum(['TCP', 'UDP'])).readonly(),
});

/** Who opens connections to whom, and on which port. Everything else is denied. */
export type Talk = z.output<typeof talk>;

const rotation = fields({
  /** Pod and container in which a key's value is changed before the Secret is. */
  pod: z.string(),
  container: z.string(),
  /** Reads the new value from the first line of stdin, the present one from the second, and ends with 0 once the new one holds. */
  command: names,
});

/** How a value is changed that its reader took at its first start and never again: a database's own password. */
export type Rotation = z.output<typeof rotation>;

const contractSecret = fields({
  name: z.string(),
  type: z.string(),
  /** Who reads each key: workloads, or whoever else needs it. */
  keys: z.record(z.string(), names).readonly(),
  /** Keys whose new value must be told to a running pod first. */
  rotations: z.record(z.string(), rotation).readonly().optional(),
});

/** One Secret that somebody must create: its keys, and who reads each. */
export type ContractSecret = z.output<typeof contractSecret>;

const node = fields({
  name: z.string(),
  cpu: z.string(),
  memory: z.string(),
  zone: z.string(),
  taints: z.array(fields({ key: z.string(), value: z.string(), effect: z.string() })).readonly(),
});

const facts = {
  namespace: z.string(),
  /** Minor of Kubernetes that the manifests are for. */
  kubernetes: z.string(),
  apiEndpoint: fields({ host: z.string(), port: z.int() }),
  nodes: z.array(node).readonly(),
  zones: names,
  /** As the charts declared them; policies must open these and no others. */
  talks: z.array(talk).readonly(),
  /** What must exist before a release. */
  secrets: z.array(contractSecret).readonly(),
  /** Objects that the cluster brings and manifests may name. */
  provides: z.array(fields({ kind: z.string(), name: z.string() })).readonly(),
  /** Addresses that must answer after a release, as clients reach them. */
  smoke: names,
};

const inventoryFacts = fields(facts);

/** What judges and releases need to know about an environment and cannot read from its manifests. */
export type InventoryFacts = z.output<typeof inventoryFacts>;

const inventoryObject = fields({
  /** Path below `dist/<environment>/`. */
  file: z.string(),
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
  /** SHA-256 of the object as JSON: equal hash, equal object, whatever the YAML looks like. */
  sha256: z.string(),
});

export type InventoryObject = z.output<typeof inventoryObject>;

/** `dist/inventory/<environment>.json`. */
export const inventorySchema = fields({
  environment: z.string(),
  ...facts,
  objects: z.array(inventoryObject).readonly(),
});

export type Inventory = z.output<typeof inventorySchema>;

export const inventoryOf = (environment: string, files: readonly ManifestFile[], facts: InventoryFacts): Inventory => ({
  environment,
  ...facts,
  objects: [...files]
    .sort((a, b) => compareText(a.path, b.path))
    .flatMap(({ path, manifests }) => manifests.map((manifest) => entry(path, manifest))),
});

const entry = (file: string, manifest: Manifest): InventoryObject => ({
  file,
  apiVersion: manifest.apiVersion,
  kind: manifest.kind,
  ...(manifest.metadata.namespace !== undefined && { namespace: manifest.metadata.namespace }),
  name: manifest.metadata.name,
  sha256: createHash('sha256').update(JSON.stringify(manifest)).digest('hex'),
});
