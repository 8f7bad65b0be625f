import { join } from 'node:path';

/**
 * Addresses of the namespace that test/e2e/api/inside.sh gives to `lo`. None is loopback's own: the API server refuses to
 * advertise one, and no Endpoints may hold one.
 */
export const ADDRESS = {
  /** What clients reach: the relay in front of the API server, and the ingress double. Names of /etc/hosts lead here. */
  balancer: '10.98.0.1',
  apiServer: '10.98.0.2',
  metrics: '10.98.0.3',
  nodes: '10.98.0.4',
  /** The registry, and AWS's API beside it. */
  registry: '10.98.0.5',
} as const;

/** Folder of this run: certificates, filled-in checkouts, logs. */
export const RUN = process.env.SLIPWAY_E2E ?? '';
if (RUN === '') throw new Error('this suite needs a control plane; expected `npm run e2e:api -- -- <path>`');

export const CERTIFICATES = join(RUN, 'pki');
