import { readFileSync } from 'node:fs';
import { isMap, isNode, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml';
import type { Entry } from '../manifests/manifest-set';
import type { Path } from '../manifests/yaml';

type Located = { readonly lines: LineCounter; readonly documents: ReturnType<typeof parseAllDocuments> };

/** Files with findings, parsed once more with positions: js-yaml, which reads everything fast, keeps none. */
const located = new Map<string, Located>();

/** Line of a field, or of the nearest field above it that is there; from 1. */
export function locate({ file, document, path: root }: Entry, path: Path): number {
  const { lines, documents } = locatedFile(file);
  let node: unknown = documents[document]?.contents;
  let line = lineOf(lines, node) ?? 1;
  for (const step of [...root, ...path]) {
    // A field stands where its name does; its value may begin on the next line.
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === step) : undefined;
    const item = isSeq(node) ? node.items[Number(step)] : undefined;
    const found = lineOf(lines, pair?.key ?? item);
    if (found === undefined) break;
    line = found;
    node = pair?.value ?? item;
  }
  return line;
}

const lineOf = (lines: LineCounter, node: unknown): number | undefined =>
  isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;

function locatedFile(file: string): Located {
  const known = located.get(file);
  if (known) return known;
  const lines = new LineCounter();
  const parsed = { lines, documents: parseAllDocuments(readFileSync(file, 'utf8'), { lineCounter: lines }) };
  located.set(file, parsed);
  return parsed;
}
