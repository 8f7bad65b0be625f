import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeEnvironment } from '../../tools/render/environment';
import type { InventoryFacts } from '../../tools/render/inventory';
import type { Manifest } from '../../tools/render/order';
import { type Changes, type RenderedEnvironment, writeTree } from '../../tools/render/tree';
import { temporaryFolder } from './copy';

const facts: InventoryFacts = {
  namespace: 'lab',
  kubernetes: '1.36',
  apiEndpoint: { host: 'api.lab.example.com', port: 6443 },
  nodes: [],
  zones: [],
  talks: [],
  secrets: [],
  provides: [],
  smoke: [],
};

const object = (name: string): Manifest => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });

/** An environment whose files have these contents, with two objects in each. */
export function environment(name: string, contents: Record<string, string>): RenderedEnvironment {
  const files = Object.entries(contents).map(([path, content]) => ({
    path,
    content,
    manifests: [object(`${path}-a`), object(`${path}-b`)],
  }));
  return describeEnvironment(name, files, facts);
}

/** What tells a file that was written again from one that was left alone, even where the bytes are equal. */
export const inode = (path: string): number => statSync(path).ino;

export function put(out: string, path: string, content: string): void {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), content);
}

/** A folder that holds these environments, as an earlier synth left it. */
export function folderWith(...rendered: RenderedEnvironment[]): string {
  const out = temporaryFolder();
  writeTree(out, rendered, true);
  return out;
}

export const NOTHING: Changes = { written: [], removed: [] };

export const lab = environment('lab', {
  'platform/00-namespace.yaml': 'namespace\n',
  'workloads/20-chat.yaml': 'chat\n',
});
export const kind = environment('kind', { 'workloads/20-chat.yaml': 'chat on kind\n' });
