import ipaddr from 'ipaddr.js';

/** A value that stands in samples and belongs to nobody. */
export interface Sample {
  readonly kind: 'account' | 'address' | 'host' | 'network';
  /** As it stands there. */
  readonly value: string;
}

/** Networks for documentation: RFC 5737, RFC 3849, RFC 9637. */
const DOCUMENTATION = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'].map((range) =>
  ipaddr.parseCIDR(range),
);

/** The account of AWS' own documentation, alone or as part of a name such as a registry's or a role's. */
const ACCOUNT = /(?<![\da-z])123456789012(?![\da-z])/gi;

/** `example.com`, `.net` and `.org` (RFC 2606) and what lies below them; not `example.com.au`. */
const HOST = /(?<![\w.-])(?:[\w-]+\.)*example\.(?:com|net|org)(?![\w-]|\.[\da-z])/gi;

/** What may be an address, with or without its prefix; ipaddr.js decides. */
const IPV4 = /(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?(?!\w|\.\w)/g;
const IPV6 = /(?<![\w:.])[\da-f]*:[\da-f]*:[\da-f:.]*(?:\/\d{1,3})?(?!\w)/gi;

/** Sample values inside a text, in its order and each as often as it stands there. */
export function samplesIn(text: string): Sample[] {
  const found = [
    ...[...text.matchAll(ACCOUNT)].map((match) => ({ match, kind: 'account' as const })),
    ...[...text.matchAll(HOST)].map((match) => ({ match, kind: 'host' as const })),
    ...[...text.matchAll(IPV4), ...text.matchAll(IPV6)]
      .filter(([value]) => isForDocumentation(value))
      .map((match) => ({ match, kind: match[0].includes('/') ? ('network' as const) : ('address' as const) })),
  ];
  return found.sort((a, b) => a.match.index - b.match.index).map(({ match, kind }) => ({ kind, value: match[0] }));
}

/** Whether an address, or all of a network, lies in a network for documentation. */
function isForDocumentation(text: string): boolean {
  const [address = '', bits] = text.split('/');
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  const prefix = bits === undefined ? Number.POSITIVE_INFINITY : Number(bits);
  return DOCUMENTATION.some(
    ([range, length]) => range.kind() === parsed.kind() && prefix >= length && parsed.match(range, length),
  );
}
