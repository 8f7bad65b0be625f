import ipaddr from 'ipaddr.js';

/** Whether every address of a network is one of another's. What is no network holds nothing but itself. */
export function holdsNetwork(outer: string, inner: string): boolean {
  if (outer === inner) return true;
  if (!ipaddr.isValidCIDR(outer) || !ipaddr.isValidCIDR(inner)) return false;
  const [[network, length], [address, innerLength]] = [ipaddr.parseCIDR(outer), ipaddr.parseCIDR(inner)];
  return network.kind() === address.kind() && length <= innerLength && address.match(network, length);
}

/** Addresses, some of them left out. */
export interface Network {
  readonly cidr: string;
  readonly except: readonly string[];
}

/** Whether every address of a network is one of some others', be it that no single one of them has all. */
export function isCovered({ cidr, except }: Network, by: readonly Network[]): boolean {
  if (except.some((gap) => holdsNetwork(gap, cidr))) return true;
  const near = by.filter((network) => !isApart(network.cidr, cidr));
  if (near.some((network) => holdsNetwork(network.cidr, cidr) && network.except.every((gap) => isApart(gap, cidr))))
    return true;
  return (
    near.length > 0 && halves(cidr).length > 0 && halves(cidr).every((half) => isCovered({ cidr: half, except }, near))
  );
}

const isApart = (one: string, other: string): boolean => !holdsNetwork(one, other) && !holdsNetwork(other, one);

/** The two halves of a network; none of a single address. */
function halves(cidr: string): readonly string[] {
  if (!ipaddr.isValidCIDR(cidr)) return [];
  const [address, length] = ipaddr.parseCIDR(cidr);
  const bytes = address.toByteArray();
  if (length >= bytes.length * 8) return [];
  const upper = [...bytes];
  upper[length >> 3] = (upper[length >> 3] ?? 0) | (0x80 >> (length & 7));
  return [bytes, upper].map((half) => `${ipaddr.fromByteArray(half).toString()}/${length + 1}`);
}
