import ipaddr from 'ipaddr.js';

/** Whether two ranges share an address. */
export function overlap(one: string, other: string): boolean {
  const [a, aBits] = ipaddr.parseCIDR(one);
  const [b, bBits] = ipaddr.parseCIDR(other);
  return a.kind() === b.kind() && a.match(b, Math.min(aBits, bBits));
}

/** Whether a range holds an address. */
export function holds(range: string, address: string): boolean {
  const one = ipaddr.parse(address);
  const [network, bits] = ipaddr.parseCIDR(range);
  return one.kind() === network.kind() && one.match(network, bits);
}

/** Whether a range holds every address of another one. */
export function covers(range: string, part: string): boolean {
  return overlap(range, part) && ipaddr.parseCIDR(range)[1] <= ipaddr.parseCIDR(part)[1];
}
