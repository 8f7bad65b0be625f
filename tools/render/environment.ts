import type { App } from 'cdk8s';
import { ManifestSet } from '../manifests/manifest-set';
import { trafficDocument } from '../manifests/traffic/markdown';
import { trafficOf } from '../manifests/traffic/matrix';
import { type InventoryFacts, inventoryOf } from './inventory';
import { type ManifestFile, renderApp } from './manifests';
import type { RenderedEnvironment } from './tree';

/**
 * Renders an environment with what judges and reviewers get beside its manifests.
 * @throws Refused as `renderApp` does.
 */
export function renderEnvironment(name: string, app: App, facts: InventoryFacts): RenderedEnvironment {
  return describeEnvironment(name, renderApp(app), facts);
}

/** What stands beside the manifests of an environment: its inventory and its traffic. */
export function describeEnvironment(
  name: string,
  files: readonly ManifestFile[],
  facts: InventoryFacts,
): RenderedEnvironment {
  const entries = files.flatMap(({ path: file, manifests }) =>
    manifests.map((manifest, document) => ({ manifest, file, document, path: [] })),
  );
  return {
    inventory: inventoryOf(name, files, facts),
    files,
    traffic: trafficDocument(name, trafficOf(new ManifestSet(entries))),
  };
}
