import { virtualRouterCollisions, virtualRouterOf } from '../../../../cluster/render/keepalived/virtual-router';
import type { Cluster, cluster } from '../../../../cluster/spec';
import { lab } from '../../../../cluster/specs/lab';
import { production } from '../../../../cluster/specs/production';
import { labBuilt, labWith } from '../../../support/machine-clusters';

type Facts = Parameters<typeof cluster>[0];
const { balancing } = lab.build as Extract<Facts['build'], { by: 'kubeadm' }>;

const named = (name: string, facts: Partial<Facts> = {}): Cluster => labWith({ ...facts, name });
const withId = (name: string, virtualRouterId: number): Cluster => {
  const { build } = labBuilt({ balancing: { ...balancing, virtualRouterId } as typeof balancing });
  return named(name, { build } as Partial<Facts>);
};

const collisions = (...clusters: Cluster[]): string[] => [...virtualRouterCollisions(clusters)];

describe('the id of a virtual router', () => {
  it('comes from the name of the cluster, and stays with it', () => {
    expect(virtualRouterOf(lab)).toEqual({ address: '192.0.2.90', id: 209, isGiven: false });
    expect(virtualRouterOf(named('laboratory'))?.id).not.toBe(209);
  });

  it('is what the specification says, where it says one', () => {
    expect(virtualRouterOf(withId('lab', 7))).toEqual({ address: '192.0.2.90', id: 7, isGiven: true });
  });

  it('lies between 1 and 255, and is every one of them for some name', () => {
    const ids = Array.from({ length: 3_000 }, (_, index) => virtualRouterOf({ ...lab, name: `c${index}` })?.id ?? 0);
    expect([Math.min(...ids), Math.max(...ids), new Set(ids).size]).toEqual([1, 255, 255]);
  });

  it('exists only where an address moves', () => {
    expect(virtualRouterOf(production)).toBeUndefined();
  });
});

describe('clusters in one network', () => {
  it('may not have one id', () => {
    expect(collisions(withId('one', 51), withId('two', 51))).toEqual([
      "cluster two.build.balancing.virtualRouterId: 51 is cluster one's, too, and both have nodes in 192.0.2.0/24; expected an id of its own, 1 to 255, for each pair in a network",
    ]);
  });

  it('may not have one by accident either', () => {
    expect(collisions(withId('one', 209), lab)).toEqual([
      expect.stringContaining(
        'cluster lab.build.balancing.virtualRouterId: 209, which comes from the name, is cluster one',
      ),
    ]);
  });

  it('may have ids of their own, or be without an address that moves', () => {
    expect(collisions(withId('one', 51), withId('two', 52), production, { ...production, name: 'other' })).toEqual([]);
  });

  it('are those whose nodes share addresses; elsewhere an id is free again', () => {
    const elsewhere = { ...withId('two', 51), cidrs: { ...lab.cidrs, nodes: ['198.51.100.0/24'] } };
    const partly = { ...withId('two', 51), cidrs: { ...lab.cidrs, nodes: ['198.51.100.0/24', '192.0.2.128/25'] } };
    expect(collisions(withId('one', 51), elsewhere)).toEqual([]);
    expect(collisions(withId('one', 51), partly)).toHaveLength(1);
  });

  it('are compared each with each', () => {
    expect(collisions(withId('one', 51), withId('two', 51), withId('three', 51))).toHaveLength(3);
  });
});
