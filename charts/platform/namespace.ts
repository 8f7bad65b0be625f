import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Environment } from '../environments/schema';
import { platformLabels } from '../lib/naming';
import { denyAll } from '../lib/talks';

/** What a container gets that says nothing; charts say everything, so this catches only what was made by hand. */
const DEFAULTS = {
  default: amounts('500m', '256Mi', '256Mi'),
  defaultRequest: amounts('100m', '128Mi', '256Mi'),
  min: amounts('10m', '16Mi', '1Mi'),
  max: amounts('4', '8Gi', '8Gi'),
};

/** The namespace with its fences: Pod Security, quota, defaults, and no traffic that nobody declared. */
export function namespace(chart: Chart, environment: Environment): void {
  const { namespace: name, quota } = environment;
  const labels = platformLabels('namespace');
  const metadata = { name, namespace: name, labels };
  new k8s.KubeNamespace(chart, 'namespace', {
    metadata: {
      name,
      labels: {
        ...labels,
        ...Object.fromEntries(
          ['enforce', 'audit', 'warn'].flatMap((mode) => [
            [`pod-security.kubernetes.io/${mode}`, 'restricted'],
            [`pod-security.kubernetes.io/${mode}-version`, `v${environment.cluster.kubernetes}`],
          ]),
        ),
      },
      // Deleting a namespace deletes the claims in it.
      annotations: { 'helm.sh/resource-policy': 'keep' },
    },
  });
  new k8s.KubeResourceQuota(chart, 'quota', {
    metadata,
    spec: {
      hard: quantities({
        'requests.cpu': quota.cpu[0],
        'limits.cpu': quota.cpu[1],
        'requests.memory': quota.memory[0],
        'limits.memory': quota.memory[1],
        'requests.ephemeral-storage': quota.ephemeralStorage[0],
        'limits.ephemeral-storage': quota.ephemeralStorage[1],
        'requests.storage': quota.storage,
        pods: String(quota.pods),
      }),
    },
  });
  new k8s.KubeLimitRange(chart, 'defaults', { metadata, spec: { limits: [{ type: 'Container', ...DEFAULTS }] } });
  new k8s.KubeNetworkPolicy(chart, 'deny-all', { metadata: { ...metadata, name: 'deny-all' }, spec: denyAll });
}

function amounts(cpu: string, memory: string, ephemeralStorage: string): Record<string, k8s.Quantity> {
  return quantities({ cpu, memory, 'ephemeral-storage': ephemeralStorage });
}

function quantities(amounts: Record<string, string>): Record<string, k8s.Quantity> {
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, k8s.Quantity.fromString(amount)]));
}
