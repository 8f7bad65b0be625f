import { tabulate } from './report';

const hearing = {
  name: 'kube-score',
  tool: 'kube-score',
  unit: 'objects',
  judged: 49,
  findings: [],
  planted: 2,
  caught: 1,
  failures: [],
  seconds: 0.31,
};
const finding = {
  judge: 'kube-score',
  subject: 'lab',
  object: 'Service/chat/hello',
  rule: 'service-type',
  message: 'NodePort',
};

describe('the table', () => {
  it('says of each judge what it saw, what is allowed, what it caught', () => {
    const other = { ...finding, judge: 'gitleaks' };
    expect(
      tabulate([{ ...hearing, findings: [finding, finding] }], new Map([['kube-score', 'v1.20.0']]), [finding, other]),
    ).toEqual([
      'judge       version  judged           findings  allowed  faults caught   took',
      'kube-score  v1.20.0      49  objects         2        1         1 of 2  0.3 s',
    ]);
  });

  it('shortens a version that stands for a commit', () => {
    const versions = new Map([['kube-score', 'v0.0.5-0.20260105161640-a97ccfaca20b']]);
    expect(tabulate([hearing], versions, [])[1]).toContain('  20260105-a97ccfa  ');
  });
});
