import type { MachineCluster } from '../../machines';
import { NLB_CHECK } from '../aws/load-balancer';
import { silentServerDetection } from '../failover';
import { SERVER_CHECK } from '../haproxy';

/**
 * How long an API server that ends says "not ready" and yet serves: until whoever balances has noticed, at worst.
 * Shorter, and new connections go to a server that is gone; a static pod has 30 s in all.
 */
export const shutdownDelaySeconds = ({ build }: MachineCluster): number =>
  build.balancing.kind === 'nlb'
    ? NLB_CHECK.intervalSeconds * NLB_CHECK.unhealthyThreshold
    : Math.ceil(silentServerDetection(SERVER_CHECK) / 1000);
