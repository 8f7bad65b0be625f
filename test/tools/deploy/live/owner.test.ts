import { foreignOf, marked, showForeign } from '../../../../tools/deploy/live/owner';
import { live } from './samples';

const SHOP = { manager: 'helm', release: { name: 'production', namespace: 'shop' } };
const PLATFORM = { manager: 'slipway-platform-production' };
const helms = (name: string, namespace: string) => ({
  labels: { 'app.kubernetes.io/managed-by': 'Helm' },
  annotations: { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace },
});

describe('an object that is there already', () => {
  it.each([
    ['is the release’s own where every mark of Helm says so', helms('production', 'shop'), undefined],
    ['belongs to no release without the marks', {}, 'ConfigMap shop/a: is there already and belongs to no release'],
    [
      'belongs to no release without the label, whatever its annotations say',
      { annotations: helms('production', 'shop').annotations },
      'ConfigMap shop/a: is there already and belongs to no release',
    ],
    [
      'belongs to a release of another name',
      helms('other', 'shop'),
      'ConfigMap shop/a: is there already and belongs to release shop/other',
    ],
    [
      'belongs to a release of another namespace',
      helms('production', 'other'),
      'ConfigMap shop/a: is there already and belongs to release other/production',
    ],
  ])('%s', (_, metadata, line) => {
    const foreign = foreignOf(live('ConfigMap', metadata), SHOP);
    expect(foreign && showForeign(foreign)).toBe(line);
  });

  it('is the platform’s unless a release has it', () => {
    expect(foreignOf(live('ConfigMap', {}), PLATFORM)).toBeUndefined();
    expect(foreignOf(live('ConfigMap', helms('r', 'n')), PLATFORM)).toEqual({
      object: 'ConfigMap shop/a',
      release: 'n/r',
    });
  });
});

describe('an object as it is sent', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', annotations: { mine: 'x' } } };

  it('bears the marks that Helm puts on what a release carries', () => {
    const { metadata } = marked(object, SHOP);
    expect(metadata).toEqual({
      name: 'a',
      labels: { 'app.kubernetes.io/managed-by': 'Helm' },
      annotations: { mine: 'x', ...helms('production', 'shop').annotations },
    });
  });

  it('is as it was rendered where the administrator applies it', () => {
    expect(marked(object, PLATFORM)).toEqual(object);
  });
});
