import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import * as z from 'zod';
import { show } from './parse';
import { bytes, millicores } from './quantity';

const matches = (pattern: RegExp, expected: string) =>
  z.string().refine((text) => pattern.test(text), { error: ({ input }) => `${show(input)} is not ${expected}` });

/** Name of an object or namespace (RFC 1123 label: 1–63 of a–z, 0–9 and `-`, no `-` at either end). */
export const dnsLabel = matches(
  /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  'a DNS label: 1 to 63 of a–z, 0–9 and "-", beginning and ending with a letter or digit',
);

const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const HOST = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`);

/** RFC 1123 subdomain. A name that ends in a number would be read as an address (RFC 3696, section 2). */
const isHostName = (text: string): boolean => HOST.test(text) && !/(^|\.)\d+$/.test(text);

/** An address as the kernel and Kubernetes read it: no octal, hexadecimal or shortened IPv4, no zone. */
const isAddress = (text: string): boolean => isIP(text) !== 0 && !text.includes('%');

/** Host name without port, at most 253 characters. */
export const hostName = z.string().refine(isHostName, {
  error: ({ input }) => `${show(input)} is not a host name in lower case`,
});

/** One IPv4 or IPv6 address. */
export const ipAddress = z.string().refine(isAddress, { error: ({ input }) => `${show(input)} is not an IP address` });

/** Where something is reached: a host name or an address. */
export const host = z.string().refine((text) => isHostName(text) || isAddress(text), {
  error: ({ input }) => `${show(input)} is neither a host name in lower case nor an IP address`,
});

/** Registry with optional port and path, no scheme: `registry.example.com:5000/team`. */
export const registry = matches(
  new RegExp(`^${LABEL}(?:\\.${LABEL})*(?::[1-9]\\d{0,4})?(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$`),
  'a registry: host, optional port and path, no scheme',
);

/** `tag` or `tag@sha256:…`, as `slipway pin` writes them. */
export const imagePin = matches(
  /^\w[\w.-]{0,127}(@sha256:[0-9a-f]{64})?$/,
  'a tag with an optional digest, such as 8.2.1@sha256:<64 hex digits>',
);

/** Port of a container or Service, 1–65535. */
export const port = z.number().int().min(1).max(65535);

/** Address range in CIDR form. Host bits must be zero: kube-apiserver warns of others and clients read them differently. */
export const cidr = z.string().refine(isNetwork, {
  error: ({ input }) => `${show(input)} is not a network in CIDR form with zero host bits, such as 192.0.2.0/24`,
});

/** CPU (`500m`, `2`): millicores are the finest unit that the kernel is given. */
export const cpu = z.string().refine((text) => millicores(text) !== undefined, {
  error: ({ input }) => `${show(input)} is not an amount of CPU such as 500m or 2`,
});

/** Memory or storage (`256Mi`, `10Gi`). */
export const size = z.string().refine((text) => bytes(text) !== undefined, {
  error: ({ input }) => `${show(input)} is not an amount of bytes such as 256Mi or 10Gi`,
});

/** Whole number or percentage, for rolling updates: `1`, `25%`. */
export const countOrPercent = z.union([
  z.number().int().min(0),
  matches(/^(100|[1-9]?\d)%$/, 'a whole number or a percentage from 0% to 100%'),
]);

/** Whole percentage of a request, for autoscaling: 1–100. */
export const percent = z.number().int().min(1).max(100);

function isNetwork(text: string): boolean {
  const [, address = '', prefix] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  if (!isAddress(address) || !ipaddr.isValidCIDR(text)) return false;
  const range = ipaddr.parse(address);
  const network = range.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return prefix !== undefined && network.networkAddressFromCIDR(text).toString() === range.toString();
}
