import { readFileSync } from 'node:fs';
import { isNode, LineCounter, parseAllDocuments } from 'yaml';
import type { Entry } from '../manifests/manifest-set';
import type { Path } from '../manifests/yaml';

type Located = { readonly lines: LineCounter; readonly documents: ReturnType<typeof parseAllDocuments> };

/** Files with findings, parsed once more with positions: js-yaml, which reads everything fast, keeps none. */
const located = new Map<string, Located>();

/** Line of a field, or of the nearest field above it that is there; from 1. */
export function locate({ file, document, path: root }: Entry, path: Path): number {
  const { lines, documents } = locatedFile(file);
  const parsed = documents[document];
  for (let length = path.length; parsed && length >= 0; length -= 1) {
    const node = parsed.getIn([...root, ...path.slice(0, length)], true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function locatedFile(file: string): Located {
  const known = located.get(file);
  if (known) return known;
  const lines = new LineCounter();
  const parsed = { lines, documents: parseAllDocuments(readFileSync(file, 'utf8'), { lineCounter: lines }) };
  located.set(file, parsed);
  return parsed;
}
