import { faultsOf } from '../../support/faults';
import { requireMinor, schemaPath } from './openapi';

describe('a schema of the release', () => {
  it('is put where kubectl-validate looks', () => {
    expect(schemaPath('api__v1_openapi.json')).toBe('api/v1.json');
    expect(schemaPath('apis__networking.k8s.io__v1_openapi.json')).toBe('apis/networking.k8s.io/v1.json');
  });

  it.each(['api_openapi.json', 'apis__apps_openapi.json', 'openid__v1__jwks_openapi.json', 'README.md'])(
    'is not %s',
    (file) => {
      expect(schemaPath(file)).toBeUndefined();
    },
  );
});

describe('the minor of an environment', () => {
  it('must be that of the release', () => {
    const environments = [
      { name: 'lab', kubernetes: '1.36' },
      { name: 'next', kubernetes: '1.37' },
    ];
    expect(faultsOf(() => requireMinor(environments, '1.36'))).toEqual([
      expect.stringContaining('dist/inventory/next.json: kubernetes is 1.37; expected 1.36'),
    ]);
  });
});
