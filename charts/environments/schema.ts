import * as z from 'zod';
import type { Cluster } from '../../cluster/spec';
import { cidr, cpu, dnsLabel, imagePin, registry, size } from '../../tools/parse/fields';
import { fields, parse } from '../../tools/parse/parse';

const images = fields({
  /** Where own images are pushed to and pulled from. */
  registry,
  /** `digest` where a registry vouches for content; `tag` where images are loaded by hand. */
  reference: z.enum(['tag', 'digest']),
  pullPolicy: z.enum(['Always', 'IfNotPresent']),
  /** Registry that holds copies of the stock images, under the same paths; without it they come from Docker Hub. */
  mirror: registry.optional(),
  /** Secret with registry credentials that every pod names; without it the kubelet brings its own. */
  pullSecret: dnsLabel.optional(),
  /** What runs: image name to pin. An own image without a pin was never built, and its tag is `unreleased`. */
  pins: z.record(z.string(), imagePin).default({}).readonly(),
});

const localVolume = fields({
  /** Worker that has the disk; the volume and its pod live there. */
  node: dnsLabel,
  /** Directory on that worker; it must exist. */
  path: z.string().regex(/^\/[\w./-]+$/, 'is not an absolute path'),
  size,
});

export type LocalVolume = z.output<typeof localVolume>;

const storage = z.discriminatedUnion('provisioner', [
  /** EBS volumes of type gp3, made by the CSI driver. The class is rendered. */
  fields({ provisioner: z.literal('ebs'), class: dnsLabel }),
  /** Disks of the workers. Class and volumes are rendered. */
  fields({ provisioner: z.literal('local'), class: dnsLabel, volumes: z.array(localVolume).min(1).readonly() }),
  /** A class that the cluster brings; nothing is rendered. */
  fields({ provisioner: z.literal('cluster'), class: dnsLabel }),
]);

/** What all pods together may ask for, as [requests, limits]. */
const quota = fields({
  cpu: z.tuple([cpu, cpu]).readonly(),
  memory: z.tuple([size, size]).readonly(),
  ephemeralStorage: z.tuple([size, size]).readonly(),
  pods: z.number().int().min(1),
  /** Sum of all claims. */
  storage: size,
});

const environmentSchema = fields({
  name: dnsLabel.refine((name) => !['cluster', 'inventory'].includes(name), {
    error: ({ input }) => `"${input}" is a folder of dist/ already; expected another name`,
  }),
  namespace: dnsLabel,
  images,
  storage,
  quota,
  /** How pods get secrets: mounted files, or variables by `valueFrom` for images that read nothing else. */
  secretDelivery: z.enum(['files', 'env']).default('files'),
  /** Whether sessions and passwords may cross the network without TLS. Only a laptop allows it. */
  plainHttp: z.enum(['refused', 'allowed']).default('refused'),
  /** Who may use NodePorts and LoadBalancers, beside the nodes themselves. Nobody unless named. */
  clients: z.array(cidr).default([]).readonly(),
  /** Taint of the nodes that this environment has for itself; every pod tolerates it. */
  dedicatedNodes: fields({
    key: z.string(),
    value: z.string(),
    effect: z.enum(['NoSchedule', 'NoExecute']),
  }).optional(),
  /** Group that may look at everything but Secrets. */
  viewers: z.string().min(1),
  /** Addresses that must answer after a release, as clients reach them: `https://chat.example.com/ready`. */
  smoke: z
    .array(z.url({ protocol: /^https?$/, error: 'is not an address such as https://chat.example.com/ready' }))
    .default([])
    .readonly(),
});

/** What every chart may read of the environment that it is rendered for. */
export interface Environment extends z.output<typeof environmentSchema> {
  readonly cluster: Cluster;
}

/** Fields of an environment file; `cluster` is one of `cluster/specs`. */
export type EnvironmentFields = z.input<typeof environmentSchema> & Pick<Environment, 'cluster'>;

/**
 * Reads the fields of an environment. The result is frozen.
 * @throws Refused with a line for every field that is unknown, missing or wrong.
 */
export function readEnvironment({ cluster, ...rest }: EnvironmentFields): Environment {
  return Object.freeze({ ...parse(environmentSchema, rest, rest.name), cluster });
}
