import { ranges } from '../../../../tools/check/schema/ranges';
import { autoscaler, configMap, deployment, found, job } from '../references/samples';

describe('a number', () => {
  it.each([
    ['a count', deployment('a', {}, { replicas: -1 }), 'Deployment/a spec.replicas: is -1; expected at least 0'],
    [
      'a count of one or more',
      autoscaler('a', { maxReplicas: 0 }),
      'HorizontalPodAutoscaler/a spec.maxReplicas: is 0; expected at least 1',
    ],
    [
      'a bound at both ends',
      autoscaler('a', { behavior: { scaleUp: { stabilizationWindowSeconds: 3601 } } }),
      'HorizontalPodAutoscaler/a spec.behavior.scaleUp.stabilizationWindowSeconds: is 3601; expected 0 to 3600',
    ],
    [
      'a mode in decimal',
      deployment('a', { volumes: [{ secret: { defaultMode: 644 } }] }),
      'Deployment/a spec.template.spec.volumes[0].secret.defaultMode: is 644; expected 0 to 511',
    ],
    [
      'a user',
      deployment('a', { securityContext: { runAsUser: 2 ** 31 } }),
      'Deployment/a spec.template.spec.securityContext.runAsUser: is 2147483648; expected at least 0',
    ],
  ])('lies in the range that the API gives it: %s', (_, wrong, words) => {
    expect(found(ranges, [wrong])).toEqual([words]);
  });

  it.each([
    ['at its ends', deployment('a', { volumes: [{ secret: { defaultMode: 0o777 } }] }, { replicas: 0 })],
    ['that is a text, which the schema reports', deployment('a', {}, { replicas: '-1' })],
    ["in an author's own words", configMap('a', { replicas: -1 })],
    ['of a field without a range', job('a', {}, { podReplacement: -1 })],
  ])('is right %s', (_, right) => {
    expect(found(ranges, [right])).toEqual([]);
  });
});
