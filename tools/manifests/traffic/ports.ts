import { compareText } from '../../render/order';

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** Ports of one protocol, both ends included. All ports of a protocol are 1–65535. */
export interface PortRange {
  readonly protocol: Protocol;
  readonly first: number;
  readonly last: number;
}

/** A port that a rule calls by the name of a container port of pods that the set does not render: its number is theirs. */
export interface NamedPort {
  readonly protocol: Protocol;
  readonly name: string;
}

export type Port = PortRange | NamedPort;

/** A port of a container that has a name. */
export interface ContainerPort extends NamedPort {
  readonly number: number;
}

/** Ports are numbers of 16 bits; 0 is no port. */
const FIRST = 1;
const LAST = 65535;

const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

export const allOf = (protocol: Protocol): PortRange => ({ protocol, first: FIRST, last: LAST });

export const EVERY_PORT: readonly PortRange[] = PROTOCOLS.map(allOf);

export const isNamed = (port: Port): port is NamedPort => 'name' in port;

/** Ports by protocol, numbers before names, from low to high. */
export function comparePorts(a: Port, b: Port): number {
  const byProtocol = PROTOCOLS.indexOf(a.protocol) - PROTOCOLS.indexOf(b.protocol);
  if (byProtocol !== 0) return byProtocol;
  if (isNamed(a)) return isNamed(b) ? compareText(a.name, b.name) : 1;
  return isNamed(b) ? -1 : a.first - b.first || a.last - b.last;
}

/** The same ports in one form only: sorted, every range as long as it can be, every name once. */
export function unite<P extends Port>(ports: readonly P[]): readonly P[] {
  if (ports.length < 2) return ports;
  const united: P[] = [];
  for (const port of [...ports].sort(comparePorts)) {
    const before = united.at(-1);
    const joined = before && join(before, port);
    if (joined) united[united.length - 1] = joined;
    else united.push(port);
  }
  return united;
}

/** Two neighbours as one port; undefined where there is a port between them, or they are of different kinds. */
function join<P extends Port>(before: P, port: P): P | undefined {
  if (before.protocol !== port.protocol) return undefined;
  if (isNamed(before)) return isNamed(port) && before.name === port.name ? before : undefined;
  if (isNamed(port) || port.first > before.last + 1) return undefined;
  return { ...before, last: Math.max(before.last, port.last) };
}

/**
 * Ports as numbers, names looked up among the ports of the pods that listen. A name stands for every container port of
 * that name and protocol; one that no container has opens nothing.
 */
export const resolve = (ports: readonly Port[], listening: readonly ContainerPort[]): readonly PortRange[] =>
  ports.every((port) => !isNamed(port))
    ? (ports as readonly PortRange[])
    : unite(ports.flatMap((port) => numbersOf(port, listening)));

const numbersOf = (port: Port, listening: readonly ContainerPort[]): PortRange[] =>
  isNamed(port)
    ? listening
        .filter(({ protocol, name }) => protocol === port.protocol && name === port.name)
        .map(({ protocol, number }) => ({ protocol, first: number, last: number }))
    : [port];

/** Ports that are among both. */
export const intersect = (some: readonly PortRange[], others: readonly PortRange[]): readonly PortRange[] =>
  unite(some.flatMap((a) => others.flatMap((b) => overlap(a, b))));

function overlap(a: PortRange, b: PortRange): PortRange[] {
  const first = Math.max(a.first, b.first);
  const last = Math.min(a.last, b.last);
  return a.protocol === b.protocol && first <= last ? [{ protocol: a.protocol, first, last }] : [];
}

/** Ports that are not among the others. A name is not known to be a number, nor a number a name. */
export const subtract = (ports: readonly Port[], others: readonly Port[]): readonly Port[] =>
  others.reduce<readonly Port[]>((left, other) => left.flatMap((port) => without(port, other)), ports);

function without(port: Port, other: Port): Port[] {
  if (port.protocol !== other.protocol) return [port];
  if (isNamed(port) || isNamed(other)) {
    return isNamed(port) && isNamed(other) && port.name === other.name ? [] : [port];
  }
  return [
    { ...port, last: Math.min(port.last, other.first - 1) },
    { ...port, first: Math.max(port.first, other.last + 1) },
  ].filter(({ first, last }) => first <= last);
}

/** Ports as people read them: `TCP 80, TCP 8000–8010, UDP dns`, `every TCP port`, `every port`. */
export function showPorts(ports: readonly Port[]): string {
  const every = EVERY_PORT.every((range) => ports.some((port) => comparePorts(range, port) === 0));
  return every ? 'every port' : ports.map(showPort).join(', ');
}

export function showPort(port: Port): string {
  if (isNamed(port)) return `${port.protocol} ${port.name}`;
  const { protocol, first, last } = port;
  if (first === FIRST && last === LAST) return `every ${protocol} port`;
  return first === last ? `${protocol} ${first}` : `${protocol} ${first}–${last}`;
}
