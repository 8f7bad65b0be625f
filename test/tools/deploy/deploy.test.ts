import { checkTimeout } from '../../../tools/deploy/deploy';

const deployment = (progressDeadlineSeconds?: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'chat' },
  spec: { progressDeadlineSeconds },
});

describe('the deadline of a release', () => {
  it('is refused where it is not beyond the progress deadline of a workload', () => {
    expect(() => checkTimeout([deployment(210)], 210)).toThrow(/--timeout: 210 s is not beyond 210 s.*Deployment chat/);
  });

  it('may be anything beyond, and where a workload names none', () => {
    expect(() => checkTimeout([deployment(210), deployment()], 211)).not.toThrow();
  });
});
