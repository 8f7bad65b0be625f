import { immutabilityChecks } from '../../../../tools/check/immutability';
import type { ManifestSet } from '../../../../tools/manifests/manifest-set';
import { judged, setOf } from '../judged';
import { configMap, deployment, object, service, statefulSet, within } from '../references/samples';

const said = (objects: readonly object[], base: ManifestSet | { missing: string }) =>
  judged(immutabilityChecks, objects, { base });
const against = (before: object, after: object) =>
  said([after], setOf([before])).findings.map(({ at, wrong, right }) => `${at}: ${wrong}; expected ${right}`);

describe('immutable fields', () => {
  it('that change are found, with both values and the reason', () => {
    expect(against(service('a', { clusterIP: '10.96.0.10' }), service('a', { clusterIP: '10.96.0.11' }))).toEqual([
      'Service/a spec.clusterIP: changed from "10.96.0.10" to "10.96.0.11"; expected what it was: the address was handed out; delete the Service and make it anew',
    ]);
  });

  it('that are new changed from nothing', () => {
    expect(against(statefulSet('a'), statefulSet('a', {}, { serviceName: 'b' })).join()).toContain(
      'changed from nothing to "b"',
    );
  });

  it('are shown on one line and cut where they get long', () => {
    const claims = (prefix: string) =>
      statefulSet(
        'a',
        {},
        {
          volumeClaimTemplates: Array.from({ length: 9 }, (_, index) => ({
            metadata: { name: `${prefix}-number-${index}` },
          })),
        },
      );
    const [told = ''] = said([claims('new')], setOf([claims('old')])).findings.map(({ wrong }) => wrong);
    expect(told.split('\n')).toHaveLength(1);
    expect(told).toMatch(/^changed from \[.{116}\.\.\. to \[.{116}\.\.\.$/);
  });

  it('are told by the one field below that differs', () => {
    const claim = (size: string) => ({
      metadata: { name: 'data' },
      spec: { resources: { requests: { storage: size } } },
    });
    const set = (size: string) => statefulSet('a', {}, { volumeClaimTemplates: [claim(size)] });
    expect(against(set('1Gi'), set('2Gi')).join()).toContain(
      'spec.volumeClaimTemplates[0].spec.resources.requests.storage: changed from "1Gi" to "2Gi"',
    );
  });

  it('are told together where several differ', () => {
    const change = (ip: string) => service('a', { clusterIP: ip });
    expect(against(change('10.96.0.1'), change('10.96.0.2')).join()).toContain('spec.clusterIP: changed');
    const labels = (a: string, b: string) => deployment('a', {}, { selector: { matchLabels: { a, b } } });
    expect(against(labels('1', '2'), labels('3', '4')).join()).toContain(
      "spec.selector.matchLabels: changed from { a: '1'",
    );
  });

  it('of a Secret are never shown, but for its type', () => {
    const secret = (fields: object) => object('v1', 'Secret', 'a', { immutable: true, ...fields });
    expect(against(secret({ stringData: { a: 'before' } }), secret({ stringData: { a: 'after' } })).join()).toMatch(
      /^Secret\/a stringData\.a: changed; expected/,
    );
    expect(against(secret({}), secret({ type: 'b' })).join()).toContain('type: changed from nothing to "b"');
  });

  it('of a ConfigMap are shown: it holds no credential', () => {
    const map = (data: object) => ({ ...configMap('a', data), immutable: true });
    expect(against(map({ a: '1' }), map({ a: '2' })).join()).toContain('data.a: changed from "1" to "2"');
  });

  it.each([
    ['of an object that is new', deployment('b', {}, { selector: {} }), deployment('a')],
    [
      'of an object of that name in another namespace',
      within('other', service('a', { clusterIP: 'None' })),
      service('a'),
    ],
    ['that stay', deployment('a', {}, { replicas: 2 }), deployment('a')],
  ])('%s are not found', (_, after, before) => {
    expect(against(before, after)).toEqual([]);
  });

  it('are compared over versions of an API group', () => {
    const old = { ...deployment('a'), apiVersion: 'apps/v1beta1' };
    expect(against(old, deployment('a', {}, { selector: { matchLabels: {} } }))).toHaveLength(1);
  });

  it('are not judged where there is nothing to compare with, and that is said', () => {
    expect(said([deployment('a')], { missing: 'fatal: not a git repository' })).toEqual({
      findings: [],
      unanswered: ['immutability/fields: fatal: not a git repository'],
    });
  });

  it('leave nothing unsaid where there is', () => {
    expect(said([deployment('a')], setOf([deployment('a')])).unanswered).toEqual([]);
  });
});
