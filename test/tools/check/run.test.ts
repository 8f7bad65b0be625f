import { basename } from 'node:path';
import type { Check } from '../../../tools/check/check';
import type { Exemption } from '../../../tools/check/exemptions';
import { type Folder, judge, judgeAll } from '../../../tools/check/run';
import { loadSchemas } from '../../../tools/check/schema/schemas';
import { loadFolder } from '../../../tools/manifests/load';
import { temporaryFolder } from '../../support/copy';
import { put } from '../../support/trees';

const schemas = loadSchemas(undefined);

/** A folder with a Service in `shop`, and a Namespace. */
function folder(service: object = {}): Folder {
  const path = temporaryFolder();
  const object = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'chat', namespace: 'shop' }, ...service };
  put(path, 'service.yaml', JSON.stringify(object, null, 2));
  put(path, 'namespace.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n');
  return {
    path,
    set: loadFolder(path),
    inventory: undefined,
    inventoryPath: undefined,
    base: { missing: 'no git' },
    schemas,
  };
}

const check = (judge: Check['judge'], id: Check['id'] = 'area/name'): Check => ({
  id,
  what: '',
  why: '',
  exempt: '',
  judge,
});

/** Finds something wrong with every Service, and with every Namespace. */
const strict = check(({ set, report }) => {
  for (const service of set.all('Service')) report(service, ['spec', 'type'], 'is wrong', 'something else');
  for (const namespace of set.all('Namespace')) report(namespace, ['metadata', 'name'], 'is odd', 'another one');
});
const excuse = (object: string, id = 'area/name'): Exemption => ({
  check: id,
  object,
  reason: 'It is right as it stands here.',
});

describe('a verdict', () => {
  it('names file, line, object, field, what is wrong and what would be right', () => {
    const judged = folder({ spec: { type: 'x' } });
    expect(judge(judged, [], [strict]).findings).toEqual([
      {
        check: 'area/name',
        object: { apiVersion: 'v1', kind: 'Namespace', name: 'shop' },
        file: `${judged.path}/namespace.yaml`,
        line: 4,
        path: 'metadata.name',
        wrong: 'is odd',
        right: 'another one',
      },
      {
        check: 'area/name',
        object: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'chat' },
        file: `${judged.path}/service.yaml`,
        line: 9,
        path: 'spec.type',
        wrong: 'is wrong',
        right: 'something else',
      },
    ]);
  });

  it('has its findings by file, line and check, whatever order they were found in', () => {
    const late = check(({ set, report }) => {
      const [first, second] = set.objects;
      for (const object of [second, first]) if (object) report(object, ['metadata', 'name'], 'w', 'r');
    }, 'area/late');
    const early = check(late.judge, 'area/early');
    const both = judge(folder(), [], [late, early]).findings.map(({ file, check }) => `${basename(file)} ${check}`);
    expect(both).toEqual([
      'namespace.yaml area/early',
      'namespace.yaml area/late',
      'service.yaml area/early',
      'service.yaml area/late',
    ]);
  });

  it('has findings of one file by line', () => {
    const upwards = check(({ set, report }) => {
      for (const object of set.all('Service')) {
        report(object, ['spec'], 'below', 'r');
        report(object, ['apiVersion'], 'above', 'r');
      }
    });
    expect(judge(folder({ spec: { type: 'x' } }), [], [upwards]).findings.map(({ wrong }) => wrong)).toEqual([
      'above',
      'below',
    ]);
  });

  it('counts the objects and names the folder', () => {
    const judged = folder();
    expect(judge(judged, [], [])).toEqual({
      folder: judged.path,
      objects: 2,
      findings: [],
      exempted: [],
      unanswered: [],
    });
  });

  it('passes on what had no answer, with the check', () => {
    const unsure = check(({ cannotJudge }) => cannotJudge('nobody knows'), 'area/unsure');
    expect(judge(folder(), [], [unsure]).unanswered).toEqual([{ check: 'area/unsure', reason: 'nobody knows' }]);
  });

  it('on an object that is not of the set stands in the inventory, or in the folder', () => {
    const about = check(({ report }) =>
      report({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } }, ['secrets'], 'w', 'r'),
    );
    const judged = folder();
    expect(judge({ ...judged, inventoryPath: 'lab.json' }, [], [about]).findings).toMatchObject([
      { file: 'lab.json', line: 1 },
    ]);
    expect(judge(judged, [], [about]).findings).toMatchObject([{ file: judged.path, line: 1 }]);
  });

  it('is that of every check', () => {
    expect(judge(folder()).unanswered.map(({ check }) => check)).toContain('immutability/fields');
  });
});

describe('an exemption', () => {
  it('takes its findings out, and keeps them with the reason', () => {
    const verdict = judge(folder(), [excuse('Service/shop/chat')], [strict]);
    expect(verdict.findings.map(({ object }) => object.kind)).toEqual(['Namespace']);
    expect(verdict.exempted).toMatchObject([
      { finding: { object: { kind: 'Service' } }, exemption: excuse('Service/shop/chat') },
    ]);
  });

  it('that no folder needs is unused', () => {
    const used = excuse('Namespace/shop', 'references/orphan');
    const { unused } = judgeAll([folder(), folder()], [used, excuse('Service/shop/chat')]);
    expect(unused).toEqual([used, excuse('Service/shop/chat')]);
  });

  it('that one of several folders needs is used', () => {
    const needed = excuse('Service/shop/chat', 'schema/shape');
    const { verdicts, unused } = judgeAll([folder(), folder({ sepc: {} })], [needed]);
    expect(verdicts.map(({ exempted }) => exempted.length)).toEqual([0, 1]);
    expect(unused).toEqual([]);
  });
});

describe('a check that trips', () => {
  const tripping = check(() => {
    throw new TypeError('x is not iterable');
  }, 'area/tripping');

  it('over an object that has not its shape could not judge, and the others go on', () => {
    const verdict = judge(folder({ spec: { ports: 5 } }), [], [tripping, strict]);
    expect(verdict.unanswered).toEqual([
      { check: 'area/tripping', reason: 'Service/chat has not the shape of its kind; mend that first' },
    ]);
    expect(verdict.findings).toHaveLength(2);
  });

  it('over objects that are what they should be is a bug of ours', () => {
    expect(() => judge(folder(), [], [tripping])).toThrow('x is not iterable');
  });

  it('over a field that is merely unknown is a bug of ours: it was not read', () => {
    expect(() => judge(folder({ spec: { prots: [] } }), [], [tripping])).toThrow('x is not iterable');
  });

  it('over anything but a type is a bug of ours', () => {
    const failing = check(() => {
      throw new RangeError('too deep');
    });
    expect(() => judge(folder({ spec: { ports: 5 } }), [], [failing])).toThrow('too deep');
  });
});

describe('an object of any shape', () => {
  it.each([
    ['a pod template that is a text', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template: 'x' } }],
    [
      'containers that are nothing',
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        spec: { selector: 5, template: { spec: { containers: [5, null] } } },
      },
    ],
    ['a selector that is a list', { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', spec: { selector: [1] } }],
    ['a spec that is a number', { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec: 5 }],
    ['rules that are a text', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', spec: { rules: 'x' } }],
    ['a role that is not there', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' }],
    [
      'labels that are a list',
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels: [5] }, spec: { containers: {} } },
    ],
  ])('is a finding, never a crash: %s', (_, object) => {
    expect(judge(folder(object)).findings).not.toEqual([]);
  });
});
