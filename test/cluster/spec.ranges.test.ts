import * as fc from 'fast-check';
import { cidrs, faults } from '../support/clusters';

describe('ranges', () => {
  it('that overlap are refused with both fields, both values and the rule', () => {
    expect(faults({ cidrs: { ...cidrs, services: ['10.244.128.0/20'] } })).toEqual([
      'cluster lab.cidrs.services: 10.244.128.0/20 overlaps 10.244.0.0/16 of cidrs.pods; expected ranges apart, or answers reach the wrong network',
    ]);
  });

  it.each([
    ['nodes', 'pods', { nodes: ['10.244.7.0/24'] }],
    ['nodes', 'services', { nodes: ['10.96.7.0/24'] }],
    ['pods', 'services', { pods: ['10.0.0.0/8'] }],
  ])('of %s and %s may not overlap', (one, other, changed) => {
    expect(faults({ cidrs: { ...cidrs, ...changed } })).toEqual([
      expect.stringMatching(new RegExp(`^cluster lab\\.cidrs\\.${other}: .* of cidrs\\.${one};`)),
    ]);
  });

  it('overlap whichever of the two is the wider one', () => {
    const wider = faults({ cidrs: { ...cidrs, pods: ['10.244.0.0/24'], services: ['10.244.0.0/16'] } });
    const narrower = faults({ cidrs: { ...cidrs, pods: ['10.244.0.0/16'], services: ['10.244.0.0/24'] } });
    expect([wider.length, narrower.length]).toEqual([1, 1]);
  });

  it('of one field may not overlap each other either', () => {
    expect(faults({ cidrs: { ...cidrs, pods: ['10.244.0.0/16', '10.244.1.0/24'] } })).toEqual([
      expect.stringContaining('cidrs.pods: 10.244.1.0/24 overlaps 10.244.0.0/16 of cidrs.pods'),
    ]);
  });

  it.each([
    ['pods', '10.244.1.0/28'],
    ['services', '10.96.1.0/28'],
  ])('of MetalLB may not lie among %s: nobody outside would reach it', (field, metallbPool) => {
    const range = { pods: '10.244.0.0/16', services: '10.96.0.0/16' }[field];
    expect(faults({ metallbPool, cidrs: { ...cidrs, pods: ['10.244.0.0/16'], services: ['10.96.0.0/16'] } })).toEqual([
      `cluster lab.metallbPool: ${metallbPool} overlaps ${range} of cidrs.${field}; expected ranges apart, or answers reach the wrong network`,
    ]);
  });

  it('of MetalLB may lie among the nodes’: it is announced in their network', () => {
    expect(faults({ metallbPool: '192.0.2.160/27', cidrs: { ...cidrs, nodes: ['192.0.2.0/24'] } })).toEqual([]);
  });

  it('that touch do not overlap', () => {
    expect(faults({ cidrs: { ...cidrs, pods: ['10.244.0.0/17', '10.244.128.0/17'] } })).toEqual([]);
  });

  it('of IPv4 and IPv6 never overlap: a dual-stack cluster has both', () => {
    const dualStack = {
      ...cidrs,
      pods: ['10.244.0.0/16', '2001:db8:1::/48'],
      services: ['10.96.0.0/16', '2001:db8:2::/112'],
    };
    expect(faults({ cidrs: dualStack })).toEqual([]);
  });

  it('of IPv6 are compared as well', () => {
    expect(faults({ cidrs: { ...cidrs, pods: ['2001:db8::/32'], services: ['2001:db8:2::/112'] } })).toEqual([
      expect.stringContaining('cidrs.services: 2001:db8:2::/112 overlaps 2001:db8::/32 of cidrs.pods'),
    ]);
  });

  it('of the API servers lie among those of the nodes: that is no overlap', () => {
    expect(faults({ cidrs: { ...cidrs, api: ['192.0.2.0/24'] } })).toEqual([]);
  });

  it('are all compared, and every overlap is reported', () => {
    expect(faults({ cidrs: { ...cidrs, nodes: ['10.0.0.0/8'] } })).toHaveLength(2);
  });

  it('overlap exactly where they share an address', () => {
    const network = fc
      .tuple(fc.nat(2 ** 16 - 1), fc.integer({ min: 16, max: 32 }))
      .map(([host, bits]) => ({ first: host - (host % 2 ** (32 - bits)), bits }));
    const text = ({ first, bits }: { first: number; bits: number }) => `10.1.${first >> 8}.${first & 255}/${bits}`;
    fc.assert(
      fc.property(network, network, (one, other) => {
        const apart =
          one.first + 2 ** (32 - one.bits) <= other.first || other.first + 2 ** (32 - other.bits) <= one.first;
        expect(faults({ cidrs: { ...cidrs, pods: [text(one)], services: [text(other)] } })).toHaveLength(apart ? 0 : 1);
      }),
    );
  });
});
