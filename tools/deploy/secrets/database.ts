import type { Pod } from 'kubernetes-types/core/v1';
import type { ContractSecret } from '../../render/inventory';
import type { Api, LiveObject } from '../api/client';
import type { Change } from './plan';

type LivePod = LiveObject & Pick<Pod, 'status'>;

/** Pods of rotations that have started, or may have: they are there, or a claim of theirs is. */
export async function startedPods(
  api: Api,
  namespace: string,
  contract: readonly ContractSecret[],
): Promise<ReadonlySet<string>> {
  const pods = new Set(contract.flatMap(({ rotations = {} }) => Object.values(rotations).map(({ pod }) => pod)));
  if (pods.size === 0) return pods;
  const namesOf = async (resource: string) =>
    (await api.list(`/api/v1/namespaces/${namespace}/${resource}`)).map(({ metadata }) => metadata.name);
  const [running, claims] = await Promise.all([namesOf('pods'), namesOf('persistentvolumeclaims')]);
  // A StatefulSet names a claim <template>-<pod>.
  const started = (pod: string) => running.includes(pod) || claims.some((claim) => claim.endsWith(`-${pod}`));
  return new Set([...pods].filter(started));
}

/** A fault where whoever asks may not exec. */
export async function mayExec(api: Api, namespace: string): Promise<string[]> {
  const { value } = await api.ask<{ readonly status?: { readonly allowed?: boolean } }>(
    'POST',
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    {
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: { namespace, verb: 'create', resource: 'pods', subresource: 'exec' } },
      },
    },
  );
  if (value.status?.allowed) return [];
  return [
    `--rotate: needs to create pods/exec in namespace ${namespace}, which the deployer may not; expected an administrator's kubeconfig`,
  ];
}

/** A fault where a pod cannot be told anything. */
export async function notReady(api: Api, namespace: string, name: string): Promise<string[]> {
  const pod = await api.find<LivePod>(`/api/v1/namespaces/${namespace}/pods/${name}`);
  const ready = pod?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True');
  if (ready && pod?.metadata.deletionTimestamp === undefined) return [];
  return [
    `pod ${name}: ${pod ? 'is not ready' : 'is not there'}; expected it to run, because its value is changed in it`,
  ];
}

/** Said of a Secret that was lost while its database stayed. */
export const facesStart = ({ secret, created }: Change, started: ReadonlySet<string>): string[] =>
  created.flatMap((key) => {
    const pod = secret.rotations?.[key]?.pod;
    if (pod === undefined || !started.has(pod)) return [];
    return [
      `${secret.name}/${key}: ${pod} or its claim is there already. If it ever started, it keeps the value of its first start: give that one`,
    ];
  });
