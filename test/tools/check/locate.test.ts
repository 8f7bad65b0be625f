import { join } from 'node:path';
import { locate } from '../../../tools/check/locate';
import { loadFolder } from '../../../tools/manifests/load';
import type { Path } from '../../../tools/manifests/yaml';
import { temporaryFolder } from '../../support/copy';
import { put } from '../../support/trees';

/** Where a field of an object stands, of a file with this text. */
function lineOf(text: string, path: Path, object = 0, file = 'a.yaml'): number {
  const folder = temporaryFolder();
  put(folder, file, text);
  const entry = loadFolder(folder).entries[object];
  if (!entry) throw new Error('the sample has no such object');
  return locate(entry, path);
}

const TEXT = `# a comment
apiVersion: v1
kind: Service
metadata:
  name: chat
  labels:
    app.kubernetes.io/name: chat
    5: five
spec:
  selector:
    app: chat
  ports:
    - name: http
      port: 80
    - port: 81
  flow: { a: 1, b: [2, 3] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: second }
data:
  long: |
    text
  base: &base
    a: 1
  copy: *base
`;

describe('the line of a field', () => {
  it.each<[Path, number]>([
    [[], 2],
    [['kind'], 3],
    [['metadata', 'name'], 5],
    [['metadata', 'labels', 'app.kubernetes.io/name'], 7],
    [['metadata', 'labels', '5'], 8],
    [['spec', 'ports', 0], 13],
    [['spec', 'ports', 0, 'port'], 14],
    [['spec', 'ports', 1, 'port'], 15],
    [['spec', 'flow', 'b', 1], 16],
  ])('%j is where its name stands', (path, line) => {
    expect(lineOf(TEXT, path)).toBe(line);
  });

  it('whose value begins below is that of its name', () => {
    expect(lineOf(TEXT, ['spec', 'selector'])).toBe(10);
  });

  it.each<[Path, number]>([
    [['spec', 'clusterIP'], 9],
    [['spec', 'ports', 7, 'port'], 12],
    [['spec', 'ports', 0, 'targetPort'], 13],
    [['metadata', 'name', 'too', 'deep'], 5],
    [['status'], 2],
  ])('%j that is not there is that of the nearest field above it', (path, line) => {
    expect(lineOf(TEXT, path)).toBe(line);
  });

  it.each<[Path, number]>([
    [['kind'], 19],
    [['data', 'long'], 22],
    [['data', 'copy'], 26],
    [['data', 'copy', 'a'], 26],
  ])('%j of the second document is counted from the top of the file', (path, line) => {
    expect(lineOf(TEXT, path, 1)).toBe(line);
  });

  it('is that of its document where others are empty', () => {
    expect(lineOf(`---\n# nothing\n---\n~\n---\n${TEXT}`, ['kind'])).toBe(8);
  });

  it('of an item of a List stands in that item', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n  - apiVersion: v1\n    kind: Secret\n';
    expect([lineOf(list, ['kind'], 1), lineOf(list, [], 1), lineOf(list, ['type'], 0)]).toEqual([7, 6, 4]);
  });

  it('of JSON is found as well', () => {
    const json = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }, null, 2);
    expect(lineOf(json, ['metadata', 'name'], 0, 'a.json')).toBe(5);
  });

  it('of a document that is not there any more is the first', () => {
    const folder = temporaryFolder();
    put(folder, 'a.yaml', 'a: 1\n');
    const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } };
    expect(locate({ manifest, file: join(folder, 'a.yaml'), document: 9, path: [] }, ['kind'])).toBe(1);
  });
});
