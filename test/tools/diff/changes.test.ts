import fc from 'fast-check';
import { type FieldChange, fieldChanges, leavesOf } from '../../../tools/diff/changes';
import { showSteps } from '../../../tools/diff/steps';

const changes = (before: unknown, after: unknown, isOrdered = false) =>
  [...fieldChanges(before, after, () => isOrdered)].map((change) => ({ ...change, steps: showSteps(change.steps) }));

const paths = (before: unknown, after: unknown, isOrdered = false) =>
  changes(before, after, isOrdered).map(({ steps }) => steps);

describe('fields that differ', () => {
  it('are told with both values', () => {
    expect(changes({ spec: { a: 1, b: 2 } }, { spec: { a: 1, b: 3 } })).toEqual([
      { steps: 'spec.b', before: 2, after: 3 },
    ]);
  });

  it('that come as a whole subtree are one', () => {
    expect(changes({}, { spec: { a: { b: 1 } } })).toEqual([
      { steps: 'spec', before: undefined, after: { a: { b: 1 } } },
    ]);
  });

  it('are shown with keys in brackets where a dot would lie', () => {
    expect(paths({ labels: { 'a.b/c': 1 } }, { labels: { 'a.b/c': 2 } })).toEqual(['labels["a.b/c"]']);
  });

  it('never include what every object inherits', () => {
    expect(changes({}, { constructor: 'x' })).toEqual([{ steps: 'constructor', before: undefined, after: 'x' }]);
  });
});

describe('entries of a list', () => {
  it.each([
    [
      'containers by name',
      'containers',
      [{ name: 'a' }, { name: 'b', x: 1 }],
      [{ name: 'b', x: 2 }, { name: 'a' }],
      'containers[b].x',
    ],
    [
      'container ports by number and protocol',
      'ports',
      [
        { containerPort: 53, protocol: 'UDP', name: 'a' },
        { containerPort: 53, name: 'c' },
      ],
      [
        { containerPort: 53, name: 'c' },
        { containerPort: 53, protocol: 'UDP', name: 'b' },
      ],
      'ports[53/UDP].name',
    ],
    [
      'ports without a protocol as TCP',
      'ports',
      [{ port: 80, name: 'a' }],
      [{ name: 'b', port: 80, protocol: 'TCP' }],
      'ports[80].name',
    ],
    [
      'mounts by path',
      'volumeMounts',
      [
        { mountPath: '/a', name: 'x' },
        { mountPath: '/b', name: 'x' },
      ],
      [
        { mountPath: '/b', name: 'x' },
        { mountPath: '/a', name: 'y' },
      ],
      'volumeMounts[/a].name',
    ],
    [
      'files of a volume by key',
      'items',
      [
        { key: 'a', path: 'x' },
        { key: 'b', path: 'x' },
      ],
      [
        { key: 'b', path: 'y' },
        { key: 'a', path: 'x' },
      ],
      'items[b].path',
    ],
    [
      'host aliases by address',
      'hostAliases',
      [{ ip: '192.0.2.1', hostnames: ['a'] }, { ip: '192.0.2.2' }],
      [{ ip: '192.0.2.2' }, { ip: '192.0.2.1', hostnames: ['b'] }],
      'hostAliases[192.0.2.1].hostnames[0]',
    ],
    [
      'spread by topology',
      'topologySpreadConstraints',
      [
        { topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 1 },
        { topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' },
      ],
      [
        { topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' },
        { topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', maxSkew: 2 },
      ],
      'topologySpreadConstraints[zone/DoNotSchedule].maxSkew',
    ],
    [
      'claim templates by their name',
      'volumeClaimTemplates',
      [{ metadata: { name: 'a' }, x: 1 }, { metadata: { name: 'b' } }],
      [{ metadata: { name: 'b' } }, { metadata: { name: 'a' }, x: 2 }],
      'volumeClaimTemplates[a].x',
    ],
    [
      'metrics by type and resource',
      'metrics',
      [
        { type: 'Resource', resource: { name: 'cpu', x: 1 } },
        { type: 'Resource', resource: { name: 'memory' } },
      ],
      [
        { type: 'Resource', resource: { name: 'memory' } },
        { type: 'Resource', resource: { name: 'cpu', x: 2 } },
      ],
      'metrics[Resource/cpu].resource.x',
    ],
    [
      'readiness gates by condition',
      'readinessGates',
      [{ conditionType: 'a', x: 1 }, { conditionType: 'b' }],
      [{ conditionType: 'b' }, { conditionType: 'a', x: 2 }],
      'readinessGates[a].x',
    ],
    [
      'devices by path',
      'volumeDevices',
      [
        { devicePath: '/a', name: 'x' },
        { devicePath: '/b', name: 'x' },
      ],
      [
        { devicePath: '/b', name: 'x' },
        { devicePath: '/a', name: 'y' },
      ],
      'volumeDevices[/a].name',
    ],
    [
      'conditions by key and operator',
      'matchExpressions',
      [
        { key: 'a', operator: 'In', values: ['x'] },
        { key: 'b', operator: 'Exists' },
      ],
      [
        { key: 'b', operator: 'Exists' },
        { key: 'a', operator: 'In', values: ['y'] },
      ],
      'matchExpressions[a/In].values[0]',
    ],
  ])('are matched: %s', (_, list, before, after, path) => {
    const found = paths({ [list]: before }, { [list]: after }).filter((step) => !step.endsWith('.protocol'));
    expect(found).toEqual([path]);
  });

  it('are matched by content where two have the same name', () => {
    const list = [
      { name: 'a', value: 1 },
      { name: 'a', value: 2 },
    ];
    expect(paths({ env: list }, { env: [{ name: 'a', value: 0 }, ...list] })).toEqual(['env[0]']);
  });

  it('that have no name are matched by likeness', () => {
    const [web, metrics] = [
      { from: ['web'], ports: [80] },
      { from: ['metrics'], ports: [90] },
    ];
    const before = { ingress: [web, metrics, { from: ['gone'], ports: [1] }] };
    expect(paths(before, { ingress: [{ ...metrics, ports: [91] }, web] })).toEqual([
      'ingress[0].ports[0]',
      'ingress[2]',
    ]);
  });

  it('that have nothing in common come and go', () => {
    expect(paths({ rules: [{ a: 1 }, { b: 1 }] }, { rules: [{ c: 1 }, { d: 1 }, { e: 1 }] })).toHaveLength(5);
  });

  it('of a long list come and go whole: comparing each with each would take for ever', () => {
    const list = (from: number) => Array.from({ length: 2000 }, (_, index) => ({ a: 1, b: from + index }));
    expect(paths({ rules: list(0) }, { rules: list(2000) })).toHaveLength(4000);
  });

  it('that are plain values are paired where as many came as went', () => {
    expect(changes({ args: ['a', '--level=info', 'b'] }, { args: ['a', '--level=debug', 'b'] })).toEqual([
      { steps: 'args[1]', before: '--level=info', after: '--level=debug' },
    ]);
  });

  it.each([
    ['with a name', [{ name: 'a' }, { name: 'b' }]],
    ['without one', ['a', 'b']],
  ])('%s may change places where their order means nothing', (_, list) => {
    expect(changes({ list }, { list: [...list].reverse() })).toEqual([]);
  });

  it.each([
    ['with a name', [{ name: 'a' }, { name: 'b' }]],
    ['without one', ['a', 'b']],
  ])('%s may not where it means something', (_, list) => {
    expect(changes({ list }, { list: [...list].reverse() }, true)).toEqual([
      { steps: 'list', before: expect.any(Array), after: expect.any(Array), reordered: true },
    ]);
  });

  it('keep their order where one comes between them', () => {
    expect(paths({ list: ['a', 'c'] }, { list: ['a', 'b', 'c'] }, true)).toEqual(['list[1]']);
  });
});

describe('quantities', () => {
  it.each([
    [{ limits: { cpu: '1000m' } }, { limits: { cpu: 1 } }],
    [{ requests: { storage: '1Gi' } }, { requests: { storage: '1024Mi' } }],
    [{ hard: { 'requests.cpu': '0.5' } }, { hard: { 'requests.cpu': '500m' } }],
    [{ emptyDir: { sizeLimit: '1Ki' } }, { emptyDir: { sizeLimit: '1024' } }],
  ])('of one amount do not differ: %j', (before, after) => {
    expect(changes(before, after)).toEqual([]);
  });

  it.each([
    [{ env: { value: '1000m' } }, { env: { value: '1' } }],
    [{ limits: { cpu: '1' } }, { limits: { cpu: '2' } }],
    [{ limits: { cpu: 'much' } }, { limits: { cpu: 'more' } }],
  ])('are told from what only looks like one: %j', (before, after) => {
    expect(changes(before, after)).toHaveLength(1);
  });
});

/** Values of any shape that manifests have: lists of named entries among them. */
const { tree } = fc.letrec<{ tree: unknown; named: unknown }>((tie) => ({
  named: fc.uniqueArray(fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), value: tie('tree') }), {
    selector: ({ name }) => name,
    maxLength: 4,
  }),
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(1, 2, 'x', 'y', true),
    fc.dictionary(fc.constantFrom('spec', 'data', 'env', 'x.y'), tie('tree'), { maxKeys: 3 }),
    tie('named'),
    fc.array(fc.constantFrom(1, 2, 3), { maxLength: 4 }),
  ),
}));

describe('for any two values', () => {
  it('nothing differs from itself, in whatever order its keys stand', () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, field]) => [key, turned(field)]),
      );
    };
    fc.assert(fc.property(tree, (value) => expect(changes(value, turned(value), true)).toEqual([])));
  });

  it('swapping them swaps what came and what went', () => {
    const swapped = ({ before, after, ...rest }: { before: unknown; after: unknown }) => ({
      ...rest,
      before: after,
      after: before,
    });
    const sorted = (list: readonly object[]) =>
      list.map((entry) => JSON.stringify(entry, Object.keys(entry).sort())).sort();
    const keyed = fc.dictionary(fc.constantFrom('a', 'b', 'c'), tree);
    const isKeyed = (value: unknown) => !/\[\d/.test(JSON.stringify(changes(value, {})));
    fc.assert(
      fc.property(keyed.filter(isKeyed), keyed.filter(isKeyed), (one, other) => {
        const there = changes(one, other).filter(({ steps }) => !/\[\d/.test(steps));
        const back = changes(other, one).filter(({ steps }) => !/\[\d/.test(steps));
        expect(sorted(there)).toEqual(sorted(back.map(swapped)));
      }),
    );
  });

  it('what came and went accounts for every leaf that differs', () => {
    const leaves = (value: unknown): string[] =>
      [...leavesOf({ steps: [], before: undefined, after: value } as FieldChange)].map(({ after }) =>
        JSON.stringify(after),
      );
    const count = (list: readonly string[]) => {
      const counts: Record<string, number> = {};
      for (const leaf of list) counts[leaf] = (counts[leaf] ?? 0) + 1;
      return counts;
    };
    const side = (value: unknown) => (value === undefined ? [] : leaves(value));
    fc.assert(
      fc.property(tree, tree, (before, after) => {
        const found = [...fieldChanges(before, after, () => false)];
        // What differs, taken from one side and given to the other, makes them equal.
        const patched = [...leaves(before), ...found.flatMap((change) => side(change.after))];
        const wanted = [...leaves(after), ...found.flatMap((change) => side(change.before))];
        const empty = (list: Record<string, number>) => ({ ...list, '{}': 0, '[]': 0 });
        expect(empty(count(patched))).toEqual(empty(count(wanted)));
      }),
    );
  });
});
