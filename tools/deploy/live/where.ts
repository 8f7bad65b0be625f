import { Refused } from '../../parse/parse';
import type { Api } from '../api/client';
import type { Bundle } from '../bundle';
import { rightCluster } from '../preflight/endpoint';
import type { Target } from '../target';

/**
 * Address of the environment's cluster, which a command is about to speak to.
 * @throws Refused where the kubeconfig leads to another one.
 */
export async function ownCluster(api: Api, bundle: Bundle, target: Target): Promise<string> {
  const { faults } = await rightCluster.ask({
    api,
    bundle,
    target,
    root: '',
    staleFiles: async () => [],
    pruneData: false,
  });
  if (faults.length > 0) throw new Refused(faults);
  const { host, port } = bundle.inventory.apiEndpoint;
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
