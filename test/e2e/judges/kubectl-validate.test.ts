import { loadTexts } from '../../../tools/manifests/load';
import { readReport, unknownKinds } from './kubectl-validate';

const set = loadTexts(
  [
    {
      path: 'dist/lab/a.yaml',
      text: '---\n# empty\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: lab}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {name: chat, namespace: lab}\n',
    },
  ],
  'dist/lab',
);

const success = { metadata: {}, status: 'Success' };
const invalid = {
  metadata: {},
  status: 'Failure',
  message: ' "" is invalid: [spec.strategie: Invalid value: value provided for unknown field]',
  reason: 'Invalid',
  details: {
    causes: [
      {
        reason: 'FieldValueInvalid',
        message: 'Invalid value: value provided for unknown field',
        field: 'spec.strategie',
      },
      {
        reason: 'FieldValueInvalid',
        message: 'Invalid value: value provided for unknown field',
        field: 'spec.template.spec.workloadRef',
      },
    ],
  },
  code: 422,
};
const unheard = {
  metadata: {},
  status: 'Failure',
  message:
    'Internal error occurred: failed to retrieve validator: failed to locate OpenAPI spec for GV: example.com/v1',
  reason: 'InternalError',
  details: {
    causes: [{ message: 'failed to retrieve validator: failed to locate OpenAPI spec for GV: example.com/v1' }],
  },
  code: 500,
};

const read = (...statuses: object[]) => readReport(JSON.stringify({ 'dist/lab/a.yaml': statuses }), set);

describe('a report of kubectl-validate', () => {
  it('counts documents', () => {
    expect(read(success, success, success).documents).toBe(3);
  });

  it('gives each field at fault, and the object whose document it is', () => {
    const message = 'Invalid value: value provided for unknown field';
    expect(read(success, success, invalid).said).toEqual([
      { object: 'Deployment/lab/chat', rule: 'spec.strategie', message },
      { object: 'Deployment/lab/chat', rule: 'spec.template.spec.workloadRef', message },
    ]);
  });

  it('gives the reason where no field is at fault', () => {
    expect(read(success, unheard, success).said).toEqual([
      {
        object: 'Namespace/lab',
        rule: 'InternalError',
        message: 'failed to retrieve validator: failed to locate OpenAPI spec for GV: example.com/v1',
      },
    ]);
  });

  it('gives a failure that brings no cause at all', () => {
    expect(read(success, { status: 'Failure', message: 'failed', details: {} }).said).toEqual([
      { object: 'Namespace/lab', rule: 'Failure', message: 'failed' },
    ]);
  });
});

describe('a kind', () => {
  const openApi = (...kinds: string[]) => ({ version: 'v1.36.3', minor: '1.36', folder: '', kinds: new Set(kinds) });

  it('must be one of the release, not only of the schemas that the tool falls back to', () => {
    expect(unknownKinds(set, openApi('v1 Namespace'))).toEqual([
      { object: 'Deployment/lab/chat', rule: 'removed kind', message: 'apps/v1 Deployment is not served by v1.36.3' },
    ]);
    expect(unknownKinds(set, openApi('v1 Namespace', 'apps/v1 Deployment'))).toEqual([]);
  });

  it.each(['scheduling.k8s.io/v1alpha1', 'batch/v1', 'v1'])('of %s is one of Kubernetes', (apiVersion) => {
    const gone = loadTexts(
      [{ path: 'gone.yaml', text: `apiVersion: ${apiVersion}\nkind: Gone\nmetadata: {name: gone}\n` }],
      '.',
    );
    expect(unknownKinds(gone, openApi())).toHaveLength(1);
  });

  it('of a custom resource is its definition to judge', () => {
    const pool = loadTexts(
      [{ path: 'pool.yaml', text: 'apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: pool}\n' }],
      '.',
    );
    expect(unknownKinds(pool, openApi())).toEqual([]);
  });

  it('is not asked for where the schemas are the tool’s own', () => {
    expect(unknownKinds(set, undefined)).toEqual([]);
  });
});
