import { limitRangeAdmits } from '../../../../tools/check/capacity/limit-range';
import { deployment, found, object, within } from '../references/samples';

const range = (fields: object) =>
  object('v1', 'LimitRange', 'room', {
    spec: { limits: [{ type: 'Container', max: { cpu: '1' }, min: { memory: '64Mi' }, ...fields }] },
  });
const pod = (resources: object) => deployment('chat', { containers: [{ name: 'main', resources }] });
const at = 'Deployment/chat spec.template.spec.containers[0].resources';

describe('a container', () => {
  it('that may take more than its LimitRange admits is found', () => {
    expect(found(limitRangeAdmits, [range({}), pod({ limits: { cpu: '1001m' } })])).toEqual([
      `${at}.limits.cpu: is 1001m; expected at most 1, by LimitRange room`,
    ]);
  });

  it('that asks for less than its LimitRange admits is found', () => {
    expect(found(limitRangeAdmits, [range({}), pod({ requests: { memory: '63Mi' } })])).toEqual([
      `${at}.requests.memory: is 63Mi; expected at least 64Mi, by LimitRange room`,
    ]);
  });

  it.each([
    ['at both ends', range({}), pod({ limits: { cpu: '1000m' }, requests: { memory: '64Mi' } })],
    ['that does not say', range({}), pod({})],
    ['in another namespace', within('other', range({})), pod({ limits: { cpu: '9' } })],
    ['under a range of pods', range({ type: 'Pod' }), pod({ limits: { cpu: '9' } })],
    ['under a range without bounds', range({ max: undefined, min: undefined }), pod({ limits: { cpu: '9' } })],
  ])('%s is right', (_, bounds, workload) => {
    expect(found(limitRangeAdmits, [bounds, workload])).toEqual([]);
  });
});
