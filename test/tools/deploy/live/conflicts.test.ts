import { ApiError } from '../../../../tools/deploy/api/error';
import { conflictsOf, showConflict } from '../../../../tools/deploy/live/conflicts';
import { live } from './samples';

const cause = (field: string, message: string) => ({ reason: 'FieldManagerConflict', field, message });
const refused = (code: number, ...causes: readonly object[]) =>
  new ApiError('PATCH /a', code, { message: 'Apply failed', details: { causes } });
const object = live('ConfigMap', {
  managedFields: [
    { manager: 'kubectl', operation: 'Update', time: '2026-01-02T00:00:00Z' },
    { manager: 'kubectl', operation: 'Update', subresource: 'scale' },
  ],
});
const said = (error: ApiError) => conflictsOf(object, object, error).map(showConflict);

describe('conflicts of an apply', () => {
  it('name object, field and manager, and when it wrote, by field', () => {
    const error = refused(
      409,
      cause('.spec.b', 'conflict with "argo cd" using v1'),
      cause('.spec.a', 'conflict with "kubectl" using v1'),
    );
    expect(said(error)).toEqual([
      'ConfigMap shop/a: .spec.a belongs to kubectl (2026-01-02T00:00:00Z)',
      'ConfigMap shop/a: .spec.b belongs to argo cd',
    ]);
  });

  it('name the subresource through which a manager wrote, and take no time from another door', () => {
    const error = refused(
      409,
      cause('.spec.replicas', 'conflict with "kubectl" with subresource "scale" using apps/v1'),
    );
    expect(said(error)).toEqual(['ConfigMap shop/a: .spec.replicas belongs to kubectl (scale)']);
  });

  it('are none where the server refused for another reason', () => {
    expect(said(refused(409, { reason: 'UnexpectedServerResponse', message: 'x' }))).toEqual([]);
    expect(said(refused(422, cause('.spec.a', 'conflict with "kubectl"')))).toEqual([]);
  });
});
