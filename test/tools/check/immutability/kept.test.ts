import { dataIsKept } from '../../../../tools/check/immutability/kept';
import { judged } from '../judged';

const held = (kind: string, annotations?: Readonly<Record<string, string>>) => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'a', ...(annotations && { annotations }) },
});
const said = (...objects: readonly object[]) =>
  judged([dataIsKept], objects).findings.map(({ at, wrong, right }) => `${at}: ${wrong}; expected ${right}`);

describe('what holds data', () => {
  it.each(['Namespace', 'PersistentVolume', 'PersistentVolumeClaim'])('a %s says that it stays', (kind) => {
    expect(said(held(kind))).toEqual([
      `${kind}/a metadata.annotations["helm.sh/resource-policy"]: is missing; expected keep`,
    ]);
    expect(said(held(kind, { 'helm.sh/resource-policy': 'keep' }))).toEqual([]);
  });

  it('says so in the one word that Helm knows', () => {
    expect(said(held('Namespace', { 'helm.sh/resource-policy': 'Keep' })).join()).toContain('"Keep" keeps nothing');
  });

  it('is nothing else', () => {
    expect(said(held('ConfigMap'))).toEqual([]);
  });
});
