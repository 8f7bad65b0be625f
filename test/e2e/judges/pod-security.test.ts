import { readFindings } from './pod-security';

describe('the findings of pod-security', () => {
  it('are its lines', () => {
    const stdout =
      'p.yaml\tDeployment/chat/a\tallowPrivilegeEscalation != false\tcontainer "a" must set securityContext.allowPrivilegeEscalation=false\np.yaml\tPod//b\tseccompProfile\tpod or container "b" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"\n';
    expect(readFindings(stdout)).toEqual([
      {
        object: 'Deployment/chat/a',
        rule: 'allowPrivilegeEscalation != false',
        message: 'container "a" must set securityContext.allowPrivilegeEscalation=false',
      },
      expect.objectContaining({ object: 'Pod/b', rule: 'seccompProfile' }),
    ]);
  });

  it('are none where it says nothing', () => {
    expect(readFindings('')).toEqual([]);
  });
});
