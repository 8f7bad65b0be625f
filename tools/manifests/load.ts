import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Refused, show } from '../parse/parse';
import { compareText, type Manifest } from '../render/order';
import { type Entry, ManifestSet } from './manifest-set';
import { isRecord, readDocuments } from './yaml';

/** A file of manifests: its path as messages show it, and what it holds. */
export interface ManifestText {
  readonly path: string;
  readonly text: string;
}

/** Whether a path below a folder of manifests is one: by its ending, and not hidden. */
export const isManifestFile = (path: string): boolean =>
  /\.(ya?ml|json)$/.test(path) && !path.split('/').some((part) => part.startsWith('.'));

/**
 * Reads a folder of manifests with its subfolders.
 * @throws Refused where there is no manifest, or a file is none: file, line, what is wrong.
 */
export function loadFolder(folder: string): ManifestSet {
  if (!existsSync(folder)) throw new Refused([`${folder}: there is no such folder; expected one of manifests`]);
  if (!statSync(folder).isDirectory()) throw new Refused([`${folder}: is a file; expected a folder of manifests`]);
  const paths = filesBelow(folder).map((path) => join(folder, path));
  return loadTexts(
    paths.map((path) => ({ path, text: readFileSync(path, 'utf8') })),
    folder,
  );
}

/**
 * Reads manifests of files that were read already: a folder's, or a revision's.
 * @param folder what a message calls the place where nothing was found.
 */
export function loadTexts(files: readonly ManifestText[], folder: string): ManifestSet {
  const faults: string[] = [];
  const entries: Entry[] = [];
  for (const { path, text } of files) {
    try {
      for (const { value, index } of readDocuments(text, path)) {
        entries.push(...entriesOf(value, { file: path, document: index, path: [] }));
      }
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      faults.push(...error.faults);
    }
  }
  if (faults.length > 0) throw new Refused(faults);
  if (entries.length === 0)
    throw new Refused([`${folder}: holds no manifest; expected .yaml, .yml or .json files of Kubernetes objects`]);
  return new ManifestSet(entries);
}

/** Paths of manifest files below a folder, in code point order. */
function filesBelow(folder: string): string[] {
  return (
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .filter(isManifestFile)
      // kubectl follows a link to a file, and not one to a folder.
      .filter((path) => statSync(join(folder, path), { throwIfNoEntry: false })?.isFile())
      .sort(compareText)
  );
}

/** The objects of a document: itself, or the items of a list. */
function entriesOf(value: unknown, at: Omit<Entry, 'manifest'>): Entry[] {
  const { apiVersion, kind, items } = isRecord(value) ? value : {};
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    throw new Refused([
      `${at.file}: document ${at.document + 1} ${at.path.length > 0 ? `item ${at.path.at(-1)} ` : ''}is ${isRecord(value) ? 'without apiVersion and kind' : show(value)}; expected a Kubernetes object`,
    ]);
  }
  if (kind.endsWith('List') && Array.isArray(items)) {
    return items.flatMap((item, index) => entriesOf(item, { ...at, path: [...at.path, 'items', index] }));
  }
  dropNulls(value);
  return [{ ...at, manifest: withMetadata(value as Manifest) }];
}

/** To the API server a field that is null is a field that is not there. */
function dropNulls(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, field] of Object.entries(value)) {
    if (field === null && !Array.isArray(value)) delete (value as Record<string, unknown>)[key];
    else dropNulls(field);
  }
}

/** Judges reach for a name on every object; one without is the schema's to report. */
function withMetadata(manifest: Manifest): Manifest {
  return isRecord(manifest.metadata) ? manifest : { ...manifest, metadata: { name: '' } };
}
