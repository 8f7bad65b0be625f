import { ApiError } from '../../../../tools/deploy/api/error';
import { lacksNamespace, refusalsOf } from '../../../../tools/deploy/live/refusals';
import { live } from './samples';

const error = (code: number, message: string, causes: readonly object[] = []) =>
  new ApiError('PATCH /a', code, { message, details: { causes } });
const account = live('ServiceAccount', {});

describe('what the server refuses', () => {
  it('is told by field where the server names fields', () => {
    const causes = [{ field: 'spec.maxReplicas', message: 'Required value: must be set' }];
    expect(refusalsOf(account, undefined, error(422, 'x is invalid', causes))).toEqual([
      'ServiceAccount shop/a: spec.maxReplicas: Required value: must be set',
    ]);
  });

  it('is told by the fixed field that differs, where the server only says that one does', () => {
    const store = (size: string) => live('StatefulSet', {}, { apiVersion: 'apps/v1', spec: { serviceName: size } });
    const forbidden = error(
      422,
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas' are forbidden",
    );
    expect(refusalsOf(store('b'), store('a'), forbidden)).toEqual([
      expect.stringMatching(/^StatefulSet shop\/a: spec\.serviceName never changes: .*a person's decision$/),
    ]);
  });

  it('is cut in the middle where the server repeats a whole value', () => {
    const [line = ''] = refusalsOf(account, undefined, error(400, `begins ${'x'.repeat(999)} ends`));
    expect(line).toMatch(/begins x+ … x+ ends$/);
    expect(line.length).toBeLessThan(300);
  });
});

it('a namespace that is missing is not an object that is missing', () => {
  const missing = (kind: string) => new ApiError('PATCH /a', 404, { details: { kind } });
  expect(lacksNamespace(missing('namespaces'))).toBe(true);
  expect(lacksNamespace(missing('deployments'))).toBe(false);
});
