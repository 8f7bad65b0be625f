import { freeRanges, rangeAround } from '../../../../cluster/render/kops/ranges';
import { faultsOf } from '../../../support/faults';

describe('the range around others', () => {
  it.each([
    [['10.244.0.0/16'], '10.244.0.0/16'],
    [['10.96.0.0/16', '10.97.0.0/16'], '10.96.0.0/15'],
    [['10.244.0.0/16', '10.96.0.0/16'], '10.0.0.0/8'],
    [['10.0.0.0/8', '192.0.2.0/24'], '0.0.0.0/0'],
  ])('of %p is %s', (ranges, expected) => {
    expect(rangeAround(ranges)).toBe(expected);
  });
});

describe('free ranges', () => {
  it('are the first that overlap nothing', () => {
    expect(freeRanges('192.0.2.0/24', ['192.0.2.0/27', '192.0.2.48/28'], 28, 3)).toEqual([
      '192.0.2.32/28',
      '192.0.2.64/28',
      '192.0.2.80/28',
    ]);
  });

  it('cross an octet', () => {
    expect(freeRanges('198.18.0.0/15', ['198.18.0.0/24'], 24, 1)).toEqual(['198.18.1.0/24']);
  });

  it('are refused where the network is full', () => {
    expect(faultsOf(() => freeRanges('192.0.2.0/27', ['192.0.2.0/28'], 28, 2))).toEqual([
      'build.aws.network: 192.0.2.0/27 has no room for 2 more subnets of /28; expected a larger one',
    ]);
  });
});
