import * as fc from 'fast-check';
import { compareFlows, trafficOf } from '../../../../tools/manifests/traffic/matrix';
import { isNamed, type Port, type Protocol } from '../../../../tools/manifests/traffic/ports';
import { allows, type ConcreteAddress, type ConcretePod, inBlock, isCalled, matches } from './naive';
import { type End, isOpen } from './open';
import { setOf } from './sample';
import { PORTS, type World, world } from './worlds';

jest.setTimeout(60_000);

type Concrete = World['rendered'][number] | World['outside'][number];

/** The definition of what a party stands for, in terms of one pod or address. */
const endOf = (end: Concrete): End => ({
  rendered: 'name' in end,
  isNamedBy(party) {
    if ('name' in end)
      return party.kind === 'workload' && party.namespace === end.namespace.name && party.name === end.name;
    if (end.kind === 'address')
      return party.kind === 'networks' && inBlock({ ...party, except: [...party.except] }, end.address);
    return party.kind === 'pods' && matches(party.namespaces, end.namespace.labels) && matches(party.pods, end.labels);
  },
});

const isAsked = (to: ConcretePod | ConcreteAddress, protocol: Protocol, number: number) => (port: Port) => {
  if (port.protocol !== protocol) return false;
  if (isNamed(port)) return to.kind === 'pod' && isCalled(to, port.name, protocol, number);
  return port.first <= number && number <= port.last;
};

/** Every pair of ends of which the set renders one. */
const pairsOf = ({ rendered, outside }: World): { from: Concrete; to: Concrete }[] => [
  ...rendered.flatMap((from) => rendered.map((to) => ({ from, to }))),
  ...rendered.flatMap((pod) =>
    outside.flatMap((other) => [
      { from: pod, to: other },
      { from: other, to: pod },
    ]),
  ),
];

const ASKED = (['TCP', 'UDP', 'SCTP'] as const).flatMap((protocol) => PORTS.map((port) => ({ protocol, port })));

describe('the traffic matrix', () => {
  it('opens a connection exactly where the API says that policies allow it', () => {
    fc.assert(
      fc.property(world, (given) => {
        const flows = trafficOf(setOf(...given.manifests));
        const wrong = pairsOf(given).flatMap(({ from, to }) => {
          const [caller, callee] = [endOf(from), endOf(to)];
          return ASKED.filter(({ protocol, port }) => {
            const open = isOpen(flows, caller, callee, isAsked(to, protocol, port));
            return open !== allows(given.policies, { from, to, protocol, port });
          }).map((asked) => ({ from, to, ...asked }));
        });
        expect(wrong.slice(0, 3)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('has one row for a pair, with a port at least, in the one order that there is', () => {
    fc.assert(
      fc.property(world, ({ manifests }) => {
        const flows = trafficOf(setOf(...manifests));
        const outOfOrder = flows.slice(1).filter((flow, index) => compareFlows(flows[index] ?? flow, flow) >= 0);
        expect([...outOfOrder, ...flows.filter(({ ports }) => ports.length === 0)]).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order of manifests', () => {
    fc.assert(
      fc.property(world, ({ manifests }) => {
        expect(trafficOf(setOf(...[...manifests].reverse()))).toEqual(trafficOf(setOf(...manifests)));
      }),
      { numRuns: 300 },
    );
  });
});
