import { ALLOWANCES } from './allowances';
import { type Allowance, showFinding, weigh } from './weigh';

const finding = {
  judge: 'kube-score',
  subject: 'lab',
  object: 'Service/chat/hello',
  rule: 'service-type',
  message: 'NodePort',
};
const allowance: Allowance = {
  judge: 'kube-score',
  rules: ['service-type'],
  objects: ['Service/chat/hello'],
  subjects: ['lab'],
  reason: 'it is specified',
};

describe('a finding', () => {
  it('is allowed where a line says so', () => {
    expect(weigh([finding], [allowance])).toEqual({ allowed: [finding], unlisted: [], faults: [] });
  });

  it.each([
    ['judge', { judge: 'kubeconform' }],
    ['subject', { subject: 'production' }],
    ['object', { object: 'Service/chat/chat' }],
    ['rule', { rule: 'service-targets-pod' }],
  ])('is not allowed where the line is about another %s', (_, other) => {
    expect(weigh([finding, { ...finding, ...other }], [allowance]).unlisted).toEqual([{ ...finding, ...other }]);
  });

  it('is shown with all that an allowance would have to name', () => {
    expect(showFinding(finding)).toBe('kube-score: lab: Service/chat/hello: service-type: NodePort');
  });
});

describe('an allowance', () => {
  it.each([
    ['whole', allowance, []],
    ['in a rule', { ...allowance, rules: ['service-type', 'label-values'] }, [finding]],
    ['in an object', { ...allowance, objects: ['Service/chat/hello', 'Service/chat/chat'] }, [finding]],
    ['in a subject', { ...allowance, subjects: ['lab', 'kind'] }, [finding]],
  ])('that excuses nothing, %s, is a fault', (_, unneeded, findings) => {
    expect(weigh(findings, [unneeded]).faults).toEqual([expect.stringContaining('which nobody found')]);
  });

  it('that stands twice is a fault', () => {
    expect(weigh([finding], [allowance, allowance]).faults).toEqual([expect.stringContaining('twice')]);
  });

  it('gives a reason that a reviewer can judge', () => {
    expect(ALLOWANCES.filter(({ reason }) => reason.length < 20)).toEqual([]);
  });
});
