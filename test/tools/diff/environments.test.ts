import { compareEnvironments } from '../../../tools/diff/environments';
import { environmentMarkdown, environmentText } from '../../../tools/diff/environments-show';
import type { Rendered } from '../../support/rendered';
import { named, setOf, world } from './world';

const report = (edit: (objects: Rendered[]) => void = () => {}) => {
  const other = world();
  edit(other);
  return compareEnvironments({ name: 'production', set: setOf(world()) }, { name: 'lab', set: setOf(other) });
};

describe('two environments', () => {
  it('that are equal differ in nothing', () => {
    expect(environmentText(report())).toBe('production and lab are equal\n');
  });

  it('are told by the fields in which they differ, of every object', () => {
    const edit = (objects: Rendered[]) => {
      named(objects, 'Deployment/chat').spec.replicas = 1;
      delete named(objects, 'ConfigMap/unread').data.a;
    };
    expect(report(edit).fields).toEqual([
      { object: 'ConfigMap shop/unread', path: 'data.a', one: 'b' },
      { object: 'Deployment shop/chat', path: 'spec.replicas', one: 3, other: 1 },
    ]);
  });

  it('do not differ by a default that one of them writes out', () => {
    expect(
      report((objects) => {
        named(objects, 'Service/inside').spec.internalTrafficPolicy = 'Cluster';
      }).fields,
    ).toEqual([]);
  });

  it('have objects that only one of them has', () => {
    const edit = (objects: Rendered[]) => {
      named(objects, 'StorageClass/fast').metadata.name = 'local';
    };
    expect(report(edit)).toMatchObject({
      fields: [],
      onlyInOne: ['StorageClass fast'],
      onlyInOther: ['StorageClass local'],
    });
  });

  it('may call their namespace otherwise: its objects are the same ones', () => {
    const small = (namespace: string) => [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'chat', namespace }, data: { a: 'b' } },
    ];
    const { fields, onlyInOne, onlyInOther } = compareEnvironments(
      { name: 'a', set: setOf(small('shop')) },
      { name: 'b', set: setOf(small('test')) },
    );
    expect({ paths: fields.map(({ path }) => path), onlyInOne, onlyInOther }).toEqual({
      paths: ['metadata.name', 'metadata.namespace'],
      onlyInOne: [],
      onlyInOther: [],
    });
  });

  it('keep objects of one name in several namespaces apart', () => {
    const map = (namespace: string, value: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'chat', namespace },
      data: { value },
    });
    const sets = [
      [map('a', '1'), map('b', '2')],
      [map('b', '2'), map('a', '1')],
    ].map(setOf);
    const [one, other] = sets;
    if (!one || !other) throw new Error('two sets');
    expect(compareEnvironments({ name: 'x', set: one }, { name: 'y', set: other }).fields).toEqual([]);
  });

  const edit = (objects: Rendered[]) => {
    named(objects, 'Deployment/chat').spec.replicas = 1;
    named(objects, 'Deployment/chat').spec.minReadySeconds = 5;
    named(objects, 'ConfigMap/files').data.conf = 'a|\nb\n';
    named(objects, 'StorageClass/fast').metadata.name = 'local';
  };

  it('are shown as a table with each object once', () => {
    expect(
      environmentText(report(edit)),
    ).toBe(`production and lab differ in 3 fields; 1 object only in production, 1 only in lab

object                field                 production  lab
ConfigMap shop/files  data.conf             a           2 lines
Deployment shop/chat  spec.minReadySeconds  —           5
                      spec.replicas         3           1

only in production
  StorageClass fast

only in lab
  StorageClass local
`);
  });

  it('are shown as a table of Markdown', () => {
    expect(environmentMarkdown(report(edit)).split('\n').slice(2, 6)).toEqual([
      '| object | field | production | lab |',
      '| --- | --- | --- | --- |',
      '| <code>ConfigMap shop/files</code> | <code>data.conf</code> | <code>a</code> | <code>2 lines</code> |',
      '| <code>Deployment shop/chat</code> | <code>spec.minReadySeconds</code> | <code>—</code> | <code>5</code> |',
    ]);
  });

  it('are told to differ where the beginnings of two long values would look alike', () => {
    const long = (middle: string) => `${'a'.repeat(60)}${middle}${'b'.repeat(60)}`;
    const sets = ['x', 'y'].map((middle) => {
      const objects = world();
      named(objects, 'ConfigMap/files').data.conf = long(middle);
      return setOf(objects);
    });
    const [one, other] = sets;
    if (!one || !other) throw new Error('two sets');
    expect(environmentText(compareEnvironments({ name: 'a', set: one }, { name: 'b', set: other }))).toContain(
      '… (differs)'.slice(2),
    );
  });
});
