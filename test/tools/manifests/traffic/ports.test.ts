import * as fc from 'fast-check';
import {
  allOf,
  EVERY_PORT,
  intersect,
  type NamedPort,
  type Port,
  type PortRange,
  type Protocol,
  showPorts,
  subtract,
  unite,
} from '../../../../tools/manifests/traffic/ports';

const tcp = (first: number, last = first): PortRange => ({ protocol: 'TCP', first, last });
const udp = (first: number, last = first): PortRange => ({ protocol: 'UDP', first, last });
const named = (name: string, protocol: Protocol = 'TCP'): NamedPort => ({ protocol, name });

const range = fc
  .tuple(
    fc.constantFrom<Protocol>('TCP', 'UDP', 'SCTP'),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 0, max: 4 }),
  )
  .map(([protocol, first, more]): PortRange => ({ protocol, first, last: first + more }));
const ranges = fc.array(range, { maxLength: 6 });

/** Port by port: what a list of ranges is a short form of. */
const membersOf = (ports: readonly Port[]): Set<string> =>
  new Set(
    ports.flatMap((port) =>
      'name' in port
        ? []
        : Array.from({ length: port.last - port.first + 1 }, (_, index) => `${port.protocol} ${port.first + index}`),
    ),
  );

describe('ports', () => {
  it('united are the ports of both, in one form whatever their order', () => {
    fc.assert(
      fc.property(ranges, fc.nat(), (ports, seed) => {
        const shuffled = [...ports].sort((a, b) => ((a.first * seed) % 7) - ((b.first * seed) % 7));
        expect(membersOf(unite(ports))).toEqual(membersOf(ports));
        expect(unite(shuffled)).toEqual(unite(ports));
      }),
    );
  });

  it('united neither overlap nor touch', () => {
    fc.assert(
      fc.property(ranges, (ports) => {
        const united = unite(ports);
        const touching = united.filter((a) =>
          united.some((b) => a !== b && a.protocol === b.protocol && a.first <= b.last + 1 && b.first <= a.last + 1),
        );
        expect(touching).toEqual([]);
      }),
    );
  });

  it('intersected are the ports that are in both', () => {
    fc.assert(
      fc.property(ranges, ranges, (some, others) => {
        const both = [...membersOf(some)].filter((port) => membersOf(others).has(port));
        expect(membersOf(intersect(some, others))).toEqual(new Set(both));
      }),
    );
  });

  it('subtracted are the ports that are in the first alone', () => {
    fc.assert(
      fc.property(ranges, ranges, (some, others) => {
        const left = [...membersOf(some)].filter((port) => !membersOf(others).has(port));
        expect(membersOf(subtract(some, others))).toEqual(new Set(left));
      }),
    );
  });

  it('by name are known by name and protocol alone: a number is another thing', () => {
    expect(unite([named('dns', 'UDP'), named('web'), tcp(80), named('web')])).toEqual([
      tcp(80),
      named('web'),
      named('dns', 'UDP'),
    ]);
    expect(subtract([named('web'), tcp(80)], [named('web', 'UDP'), named('web')])).toEqual([tcp(80)]);
    expect(subtract([named('web')], [allOf('TCP')])).toEqual([named('web')]);
  });

  it('are shown as people write them', () => {
    expect(showPorts([tcp(80), tcp(8000, 8010), named('web'), udp(53), allOf('SCTP')])).toBe(
      'TCP 80, TCP 8000–8010, TCP web, UDP 53, every SCTP port',
    );
  });

  it('are every port where they are all of all protocols', () => {
    expect(showPorts(EVERY_PORT)).toBe('every port');
    expect(showPorts([allOf('TCP'), allOf('UDP')])).toBe('every TCP port, every UDP port');
  });
});
