import ipaddr from 'ipaddr.js';
import type { Flow } from '../../../tools/manifests/traffic/matrix';
import { nameOfOnly, type Party, type PodsParty } from '../../../tools/manifests/traffic/party';
import { intersect, isNamed, type Port, type PortRange, showPort, unite } from '../../../tools/manifests/traffic/ports';
import { compareText } from '../../../tools/render/order';

/** Addresses of IPv4 as numbers, both ends included. */
export interface Addresses {
  readonly first: number;
  readonly last: number;
}

/** One end of a link: addresses, or netpol-analyzer's words for pods. */
export type End = string | Addresses;

/** Who reaches whom on which ports, in the words of netpol-analyzer. */
export interface Link {
  readonly from: End;
  readonly to: End;
  readonly ports: readonly Port[];
}

const EVERY_ADDRESS: Addresses = { first: 0, last: 2 ** 32 - 1 };
const EVERY_POD = 'entire-cluster';

/** Links as lines that are equal where they mean the same: `chat/chat[Deployment] => chat/redis[StatefulSet] : TCP 6379`. */
export function normalForm(links: readonly Link[]): string[] {
  const pairs = new Map<string, Link[]>();
  for (const link of links) {
    const key = `${typeof link.from === 'string' ? link.from : ''} => ${typeof link.to === 'string' ? link.to : ''}`;
    pairs.set(key, [...(pairs.get(key) ?? []), link]);
  }
  return (
    [...pairs.values()]
      .flatMap(unitePair)
      // A pod that reaches its own kind is listed by neither: netpol-analyzer leaves it out.
      .filter(({ from, to }) => from !== to)
      .map(({ from, to, ports }) => `${showEnd(from)} => ${showEnd(to)} : ${ports.map(showPort).join(', ')}`)
      .sort(compareText)
  );
}

/** Links between the same pods, or the same pods and addresses, as one for each run of addresses with the same ports. */
function unitePair(links: readonly Link[]): Link[] {
  const [first] = links;
  if (first === undefined) return [];
  const rangeOf = ({ from, to }: Link): Addresses =>
    typeof from !== 'string' ? from : typeof to !== 'string' ? to : EVERY_ADDRESS;
  const cuts = [...new Set(links.flatMap((link) => [rangeOf(link).first, rangeOf(link).last + 1]))].sort(
    (a, b) => a - b,
  );
  const runs: { first: number; last: number; ports: readonly Port[] }[] = [];
  for (const [index, start] of cuts.slice(0, -1).entries()) {
    const end = (cuts[index + 1] ?? start) - 1;
    const ports = unite(
      links.filter((link) => rangeOf(link).first <= start && end <= rangeOf(link).last).flatMap((link) => link.ports),
    );
    const before = runs.at(-1);
    if (before && before.last + 1 === start && showAll(before.ports) === showAll(ports)) before.last = end;
    else runs.push({ first: start, last: end, ports });
  }
  return runs
    .filter(({ ports }) => ports.length > 0)
    .map(({ ports, ...range }) => ({
      from: typeof first.from === 'string' ? first.from : range,
      to: typeof first.to === 'string' ? first.to : range,
      ports,
    }));
}

const showAll = (ports: readonly Port[]): string => ports.map(showPort).join();

const showEnd = (end: End): string => (typeof end === 'string' ? end : `${address(end.first)}-${address(end.last)}`);

const address = (number: number): string => [24, 16, 8, 0].map((bits) => (number >>> bits) & 255).join('.');

/** Our matrix in the analyzer's words. */
export function linksOf(flows: readonly Flow[]): Link[] {
  const links = flows.flatMap(({ from, to, ports }) =>
    endsOf(from).flatMap((source) => endsOf(to).map((target): Link => ({ from: source, to: target, ports }))),
  );
  return [...links, ...openPairs(flows)];
}

/** Workloads that are open to anyone reach each other: the matrix says it once of each, the analyzer of each pair. */
function openPairs(flows: readonly Flow[]): Link[] {
  const leaving = flows.filter(({ to }) => to.kind === 'anyone');
  const entering = flows.filter(({ from }) => from.kind === 'anyone');
  const numbers = (ports: readonly Port[]) => ports.filter((port): port is PortRange => !isNamed(port));
  return leaving.flatMap(({ from, ports }) =>
    entering.flatMap(({ to, ports: others }) =>
      endsOf(from).flatMap((source) =>
        endsOf(to).map((target) => ({ from: source, to: target, ports: intersect(numbers(ports), numbers(others)) })),
      ),
    ),
  );
}

function endsOf(party: Party): End[] {
  switch (party.kind) {
    case 'workload':
      return [`${party.namespace}/${party.name}[${party.ownerKind}]`];
    case 'pods':
      return [podsEnd(party)];
    case 'networks':
      return addressesOf(party.cidr, party.except);
    case 'anyone':
      return [EVERY_ADDRESS, EVERY_POD];
  }
}

type Selector = PodsParty['pods'];

function podsEnd({ namespaces, pods }: PodsParty): string {
  if (isEmpty(namespaces) && isEmpty(pods)) return EVERY_POD;
  const namespace =
    nameOfOnly(namespaces) ??
    (isEmpty(namespaces) ? '[all namespaces]' : `[namespace with {${showLabels(namespaces)}}]`);
  return `${namespace}/${isEmpty(pods) ? '[all pods]' : `[pod with {${showLabels(pods)}}]`}`;
}

const isEmpty = ({ matchLabels = {}, matchExpressions = [] }: Selector): boolean =>
  Object.keys(matchLabels).length + matchExpressions.length === 0;

const showLabels = ({ matchLabels = {}, matchExpressions = [] }: Selector): string =>
  [
    ...Object.entries(matchLabels)
      .map(([key, value]) => `${key}=${value}`)
      .sort(compareText),
    ...matchExpressions
      .map(({ key, operator, values = [] }) => `{Key:${key},Operator:${operator},Values:[${values.join(' ')}],}`)
      .sort(compareText),
  ].join(',');

/** Addresses of a CIDR without those of others. One of IPv6 stays a text: the analyzer misreads it, and the lists differ. */
function addressesOf(cidr: string, except: readonly string[]): End[] {
  if (cidr.includes(':')) return [cidr];
  return except.map(rangeOf).reduce<Addresses[]>(
    (left, gone) =>
      left.flatMap(({ first, last }) =>
        [
          { first, last: Math.min(last, gone.first - 1) },
          { first: Math.max(first, gone.last + 1), last },
        ].filter((range) => range.first <= range.last),
      ),
    [rangeOf(cidr)],
  );
}

function rangeOf(cidr: string): Addresses {
  const [base, bits] = ipaddr.IPv4.parseCIDR(cidr);
  const size = 2 ** (32 - bits);
  const number = base.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0);
  const first = number - (number % size);
  return { first, last: first + size - 1 };
}
