import ipaddr from 'ipaddr.js';
import { Refused } from '../../../tools/parse/parse';
import { covers, overlap } from '../../rules/cidr';

/** The smallest range that holds all of these. */
export function rangeAround(ranges: readonly string[]): string {
  const [first = '', ...others] = ranges;
  const [address, bits] = ipaddr.IPv4.parseCIDR(first);
  for (let length = bits; length > 0; length--) {
    const range = `${ipaddr.IPv4.networkAddressFromCIDR(`${address}/${length}`)}/${length}`;
    if (others.every((other) => covers(range, other))) return range;
  }
  return '0.0.0.0/0';
}

/**
 * Ranges of a network that nobody has yet, from its beginning.
 * @throws Refused where the network is full.
 */
export function freeRanges(network: string, taken: readonly string[], length: number, count: number): string[] {
  const start = numberOf(ipaddr.IPv4.parse(network.split('/')[0] ?? ''));
  const found: string[] = [];
  for (let address = start; found.length < count; address += 2 ** (32 - length)) {
    const range = `${addressOf(address)}/${length}`;
    if (!covers(network, range)) {
      throw new Refused([
        `build.aws.network: ${network} has no room for ${count} more subnets of /${length}; expected a larger one`,
      ]);
    }
    if (!taken.some((other) => overlap(other, range))) found.push(range);
  }
  return found;
}

const numberOf = (address: ipaddr.IPv4): number => address.octets.reduce((sum, octet) => sum * 256 + octet, 0);

const addressOf = (number: number): string => [24, 16, 8, 0].map((shift) => (number / 2 ** shift) & 255).join('.');
