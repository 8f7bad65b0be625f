import type { k8s } from 'cdk8s-plus-28';
import type { ContractSecret } from '../../tools/render/inventory';
import type { Environment } from '../environments/schema';
import type { SecretKey, Workload } from '../environments/workload';
import { groupBy } from './group';

/** Where Secrets are mounted: `/run/secrets/<secret>/<key>`. */
const MOUNTS = '/run/secrets';

/** Variables of a container that hold secrets: name to key. */
export type SecretVariables = Readonly<Record<string, SecretKey>>;

export interface DeliveredSecrets {
  readonly env: k8s.EnvVar[];
  readonly volumes: k8s.Volume[];
  readonly mounts: k8s.VolumeMount[];
}

/** `PASSWORD` by valueFrom, or a mounted file named by `PASSWORD_FILE`, as the environment delivers secrets. */
export function deliver(environment: Environment, variables: SecretVariables): DeliveredSecrets {
  const entries = Object.entries(variables);
  if (environment.secretDelivery === 'env') {
    const env = entries.map(
      ([name, { secret, key }]): k8s.EnvVar => ({
        name,
        valueFrom: { secretKeyRef: { name: secret, key } },
      }),
    );
    return { env, volumes: [], mounts: [] };
  }
  const secrets = [...new Set(entries.map(([, { secret }]) => secret))];
  return {
    env: entries.map(
      ([name, { secret, key }]): k8s.EnvVar => ({ name: `${name}_FILE`, value: `${MOUNTS}/${secret}/${key}` }),
    ),
    volumes: secrets.map(
      (secret): k8s.Volume => ({
        name: `secret-${secret}`,
        secret: {
          secretName: secret,
          // Only the keys that this pod reads: a neighbour's password in the same Secret is not its business.
          items: [...new Set(entries.filter(([, from]) => from.secret === secret).map(([, { key }]) => key))].map(
            (key) => ({ key, path: key }),
          ),
          defaultMode: 0o440,
        },
      }),
    ),
    mounts: secrets.map(
      (secret): k8s.VolumeMount => ({ name: `secret-${secret}`, mountPath: `${MOUNTS}/${secret}`, readOnly: true }),
    ),
  };
}

/** Every Secret that an environment expects. Values live in the cluster alone. */
export function secretsContract(
  { images }: Environment,
  workloads: readonly Workload[],
  callersOf: (workload: string) => readonly string[],
): ContractSecret[] {
  const pulled: SecretKey[] = images.pullSecret
    ? [
        {
          secret: images.pullSecret,
          key: '.dockerconfigjson',
          type: 'kubernetes.io/dockerconfigjson',
          reader: 'kubelet',
        },
      ]
    : [];
  const uses = workloads.flatMap((workload) =>
    [...workload.secrets(callersOf(workload.name)), ...pulled].map((use) => ({ reader: workload.name, ...use })),
  );
  const bySecret = groupBy(uses, ({ secret }) => secret);
  return sorted(bySecret).map(([name, ofSecret]) => {
    const byKey = sorted(groupBy(ofSecret, ({ key }) => key));
    const rotations = byKey.flatMap(([key, ofKey]) => {
      const rotation = ofKey.find((use) => use.rotation)?.rotation;
      return rotation ? [[key, rotation] as const] : [];
    });
    return {
      name,
      type: ofSecret[0]?.type ?? 'Opaque',
      keys: Object.fromEntries(
        byKey.map(([key, ofKey]) => [key, [...new Set(ofKey.map(({ reader }) => reader))].sort()]),
      ),
      ...(rotations.length > 0 && { rotations: Object.fromEntries(rotations) }),
    };
  });
}

const sorted = <Value>(groups: Map<string, Value>): [string, Value][] =>
  [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
