import { readReport } from './kubeconform';

const resource = (name: string, kind: string, status: string, more: object = {}) => ({
  filename: 'a.yaml',
  kind,
  name,
  version: 'v1',
  status,
  msg: '',
  ...more,
});

const report = JSON.stringify({
  resources: [
    resource('chat', 'Namespace', 'statusValid'),
    resource('u', 'Unheard', 'statusError', { msg: 'could not find schema for Unheard' }),
    resource('hello', 'Service', 'statusInvalid', {
      msg: 'problem validating schema. Check JSON formatting: …',
      validationErrors: [
        { path: '/spec/type', msg: 'got number, want string' },
        { path: '/spec', msg: "additional properties 'selecter' not allowed" },
      ],
    }),
    resource('passed over', 'Secret', 'statusSkipped'),
  ],
});

describe('a report of kubeconform', () => {
  it('counts what was held against a schema', () => {
    expect(readReport(report).judged).toBe(2);
  });

  it('gives each field at fault, and what has no schema', () => {
    expect(readReport(report).said).toEqual([
      { object: 'Unheard/u', rule: 'statusError', message: 'could not find schema for Unheard' },
      { object: 'Service/hello', rule: '/spec/type', message: 'got number, want string' },
      { object: 'Service/hello', rule: '/spec', message: "additional properties 'selecter' not allowed" },
    ]);
  });
});
