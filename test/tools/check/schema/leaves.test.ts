import { leavesOf, tail } from '../../../../tools/check/schema/leaves';
import { object } from '../references/samples';

describe('the leaves of an object', () => {
  it('are its values with their paths, lists by index', () => {
    const leaves = [
      ...leavesOf(object('v1', 'Service', 'a', { spec: { ports: [{ port: 1 }], type: null, empty: {} } })),
    ];
    expect(leaves.slice(4)).toEqual([
      { path: ['spec', 'ports', 0, 'port'], value: 1 },
      { path: ['spec', 'type'], value: null },
    ]);
  });

  it("are none of another group's kind", () => {
    expect([...leavesOf(object('example.com/v1', 'Service', 'a'))]).toEqual([]);
  });

  it.each([
    'annotations',
    'binaryData',
    'data',
    'labels',
    'matchLabels',
    'nodeSelector',
    'parameters',
    'stringData',
    'volumeAttributes',
  ])("are none of an author's own words: %s", (field) => {
    const paths = [...leavesOf(object('v1', 'Secret', 'a', { [field]: { a: 1 }, spec: { [field]: { a: 1 } } }))].map(
      ({ path }) => path[0],
    );
    expect(paths).toEqual(['apiVersion', 'kind', 'metadata', 'metadata']);
  });
});

describe('the end of a path', () => {
  it.each([
    [1, 'type'],
    [2, 'seccompProfile.type'],
    [3, 'containers.seccompProfile.type'],
  ])('of %d names is %s', (length, expected) => {
    expect(tail(['spec', 'containers', 0, 'seccompProfile', 'type'], length)).toBe(expected);
  });
});
