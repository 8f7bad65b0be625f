import { isolated } from '../../../../tools/check/traffic/isolated';
import { policy, workload } from '../../manifests/traffic/sample';
import { answers } from './answers';

const chat = workload('shop', 'chat');
const both = ['Ingress', 'Egress'];

describe('traffic/isolated', () => {
  it('is content where some policies select a pod for both directions, be it one each', () => {
    const one = policy('shop', 'in', { podSelector: {}, policyTypes: ['Ingress'] });
    const other = policy('shop', 'out', { podSelector: { matchLabels: { app: 'chat' } }, policyTypes: ['Egress'] });
    expect(answers(isolated, [chat, one, other])).toEqual([]);
  });

  it('names the direction that is open, and the labels that no policy selects', () => {
    expect(answers(isolated, [chat, policy('shop', 'in', { podSelector: {} })])).toEqual([
      'Deployment/chat spec.template.metadata.labels: are selected by no policy for Egress; expected a NetworkPolicy of namespace shop that selects these pods, with policyTypes Ingress and Egress',
    ]);
  });

  it('finds the one workload that a policy forgot', () => {
    const forgetful = policy('shop', 'deny', { podSelector: { matchLabels: { app: 'chat' } }, policyTypes: both });
    expect(answers(isolated, [chat, workload('shop', 'hello'), forgetful])).toEqual([
      expect.stringMatching(/^Deployment\/hello .* for Ingress and Egress;/),
    ]);
  });

  it("says of pods on their node's network that no policy can isolate them", () => {
    const host = workload('shop', 'host', { hostNetwork: true });
    expect(answers(isolated, [host, policy('shop', 'deny', { podSelector: {}, policyTypes: both })])).toEqual([
      "Deployment/host spec.template.spec.hostNetwork: puts pods on their node's network, where no policy isolates them; expected pods with addresses of their own",
    ]);
  });
});
