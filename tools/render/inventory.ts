import { createHash } from 'node:crypto';
import type { ManifestFile } from './manifests';
import { compareText, type Manifest } from './order';

/** One end of a talk: pods of a workload, pods of another namespace, or addresses. */
export type Peer =
  | { readonly workload: string }
  | { readonly namespace: string; readonly podLabels: Readonly<Record<string, string>> }
  | { readonly networks: readonly string[] };

/** Who opens connections to whom, and on which port. Everything else is denied. */
export interface Talk {
  readonly from: Peer;
  readonly to: Peer;
  readonly port: number;
  readonly protocols: readonly ('TCP' | 'UDP')[];
}

/** One Secret that somebody must create: its keys, and who reads each. */
export interface ContractSecret {
  readonly name: string;
  readonly type: string;
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

/** What judges and releases need to know about an environment and cannot read from its manifests. */
export interface InventoryFacts {
  readonly namespace: string;
  /** Minor of Kubernetes that the manifests are for. */
  readonly kubernetes: string;
  readonly apiEndpoint: { readonly host: string; readonly port: number };
  readonly nodes: readonly {
    readonly name: string;
    readonly cpu: string;
    readonly memory: string;
    readonly zone: string;
    readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  }[];
  readonly zones: readonly string[];
  /** As the charts declared them; policies must open these and no others. */
  readonly talks: readonly Talk[];
  /** What must exist before a release. */
  readonly secrets: readonly ContractSecret[];
  /** Objects that the cluster brings and manifests may name. */
  readonly provides: readonly { readonly kind: string; readonly name: string }[];
}

/** `dist/inventory/<environment>.json`. */
export interface Inventory extends InventoryFacts {
  readonly environment: string;
  readonly objects: readonly InventoryObject[];
}

export interface InventoryObject {
  /** Path below `dist/<environment>/`. */
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** SHA-256 of the object as JSON: equal hash, equal object, whatever the YAML looks like. */
  readonly sha256: string;
}

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
