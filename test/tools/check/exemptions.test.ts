import { join } from 'node:path';
import { exempts, readExemptions, showObject } from '../../../tools/check/exemptions';
import { temporaryFolder } from '../../support/copy';
import { faultsOf } from '../../support/faults';
import { put } from '../../support/trees';

const CHECKS = ['schema/shape', 'references/service-pods'];
const entry = {
  check: 'schema/shape',
  object: 'Service/shop/chat',
  reason: 'An operator labels its pods at run time.',
};

function listOf(content: unknown): string {
  const folder = temporaryFolder();
  put(folder, 'exemptions.yaml', typeof content === 'string' ? content : JSON.stringify(content));
  return join(folder, 'exemptions.yaml');
}

const read = (content: unknown) => readExemptions(listOf(content), CHECKS);

/** Faults without the path of the file, which is another one each time. */
const faults = (content: unknown): readonly string[] => {
  const path = listOf(content);
  return faultsOf(() => readExemptions(path, CHECKS)).map((fault) => fault.replace(path, 'list'));
};

describe('a list of exemptions', () => {
  it('is read in its order', () => {
    const second = { ...entry, object: 'Namespace/shop' };
    expect(read([entry, second])).toEqual([entry, second]);
  });

  it.each([[''], ['# none yet'], ['[]']])('may be empty: "%s"', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('has at most eight entries: more, and the checks or the charts are wrong', () => {
    const entries = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ ...entry, object: `Service/shop/${index}` }));
    expect(read(entries(8))).toHaveLength(8);
    expect(faults(entries(9))).toEqual(['list: has more than 8 entries; mend what they excuse']);
  });

  it('has each entry once', () => {
    expect(
      faults([
        entry,
        { ...entry, check: 'references/service-pods' },
        { ...entry, reason: 'Because I say so, once more.' },
      ]),
    ).toEqual(['list.2: schema/shape of Service/shop/chat stands twice; expected it once']);
  });

  it('that is not there is refused', () => {
    expect(faultsOf(() => readExemptions('gone.yaml', CHECKS))).toEqual([
      'gone.yaml: no such file; expected a list of exemptions (check, object, reason)',
    ]);
  });

  it('that is broken is refused with its line', () => {
    expect(faults('- check: [').join()).toMatch(/^list:\d+: .*; expected YAML that kubectl can read$/);
  });

  it('that is no list is refused', () => {
    expect(faults({ entry })).toEqual([expect.stringContaining('is not an array')]);
  });
});

describe('an exemption', () => {
  it.each([
    [
      'names a check',
      { check: 'schema/shap' },
      'list.0.check: there is no check "schema/shap"; did you mean `schema/shape`?',
    ],
    [
      'names an object',
      { object: 'chat' },
      'list.0.object: "chat" names no object; expected Kind/namespace/name, or Kind/name without a namespace',
    ],
    [
      'names one object',
      { object: 'Service/a/b/c' },
      'list.0.object: "Service/a/b/c" names no object; expected Kind/namespace/name, or Kind/name without a namespace',
    ],
    [
      'names the kind first',
      { object: 'shop/chat' },
      'list.0.object: "shop/chat" names no object; expected Kind/namespace/name, or Kind/name without a namespace',
    ],
    [
      'says why',
      { reason: 'because' },
      'list.0.reason: is too short to explain anything; expected a sentence of at least 20 characters',
    ],
    [
      'says why, in more than blanks',
      { reason: ' '.repeat(40) },
      'list.0.reason: is too short to explain anything; expected a sentence of at least 20 characters',
    ],
    [
      'says nothing else',
      { until: 'later' },
      'list.0: unknown field `until`; expected one of `check`, `object`, `reason`',
    ],
  ])('%s', (_, fields, fault) => {
    expect(faults([{ ...entry, ...fields }])).toEqual([fault]);
  });

  it.each(['Service/shop/chat', 'Namespace/shop', 'ClusterRole/system:node', 'ConfigMap/shop/kube-root-ca.crt'])(
    'may be of %s',
    (object) => {
      expect(read([{ ...entry, object }])).toHaveLength(1);
    },
  );

  const finding = {
    check: 'schema/shape',
    object: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'chat' },
    file: '',
    line: 1,
    path: '',
    wrong: '',
    right: '',
  };

  it('excuses one check of one object', () => {
    expect(exempts(entry, finding)).toBe(true);
    expect(exempts({ ...entry, check: 'references/service-pods' }, finding)).toBe(false);
    expect(exempts({ ...entry, object: 'Service/other/chat' }, finding)).toBe(false);
  });

  it('names an object without a namespace by kind and name', () => {
    expect(showObject({ apiVersion: 'v1', kind: 'Namespace', name: 'shop' })).toBe('Namespace/shop');
  });
});
