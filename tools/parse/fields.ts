import ipaddr from 'ipaddr.js';
import * as z from 'zod';
import { bytes, millicores } from './quantity';

const matches = (pattern: RegExp, expected: string) =>
  z.string().refine((text) => pattern.test(text), { error: ({ input }) => `"${input}" is not ${expected}` });

/** Name of an object or namespace (RFC 1123 label: 1–63 of a–z, 0–9 and `-`, no `-` at either end). */
export const dnsLabel = matches(
  /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  'a DNS label: 1 to 63 of a–z, 0–9 and "-", beginning and ending with a letter or digit',
);

/** Host name without port (RFC 1123 subdomain, at most 253 characters). */
export const hostName = matches(
  /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  'a host name in lower case',
);

/** Registry with optional port and path, no scheme: `registry.example.com:5000/team`. */
export const registry = matches(
  /^[a-z0-9.-]+(:\d{1,5})?(\/[a-z0-9._-]+)*$/,
  'a registry: host, optional port and path, no scheme',
);

/** Port of a container or Service, 1–65535. */
export const port = z.number().int().min(1).max(65535);

/** One IPv4 or IPv6 address. */
export const ipAddress = z
  .string()
  .refine((text) => ipaddr.isValid(text), { error: ({ input }) => `"${input}" is not an IP address` });

/** Address range in CIDR form. Host bits must be zero: kube-apiserver warns of others and clients read them differently. */
export const cidr = z.string().refine(isNetwork, {
  error: ({ input }) => `"${input}" is not a network in CIDR form with zero host bits, such as 192.0.2.0/24`,
});

/** CPU (`500m`, `2`): millicores are the finest unit that the kernel is given. */
export const cpu = z.string().refine((text) => millicores(text) !== undefined, {
  error: ({ input }) => `"${input}" is not an amount of CPU such as 500m or 2`,
});

/** Memory or storage (`256Mi`, `10Gi`). */
export const size = z.string().refine((text) => bytes(text) !== undefined, {
  error: ({ input }) => `"${input}" is not an amount of bytes such as 256Mi or 10Gi`,
});

/** Whole number or percentage, for rolling updates: `1`, `25%`. */
export const countOrPercent = z.union([
  z.number().int().min(0),
  matches(/^(100|[1-9]?\d)%$/, 'a whole number or a percentage from 0% to 100%'),
]);

/** Whole percentage of a request, for autoscaling: 1–100. */
export const percent = z.number().int().min(1).max(100);

function isNetwork(text: string): boolean {
  if (!ipaddr.isValidCIDR(text)) return false;
  const [address] = ipaddr.parseCIDR(text);
  const network =
    address.kind() === 'ipv4' ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text);
  return network.toString() === address.toString();
}
