import * as z from 'zod';
import { cidr, countOrPercent, dnsLabel, percent, port, size } from '../../tools/parse/fields';
import { fields, type Output, parse } from '../../tools/parse/parse';
import { exposure } from './route';
import { resources } from './workload';

const replicas = z.number().int().min(1);

/** A fixed number of pods, or an autoscaler's bounds and targets in percent of what the pods request. */
const scale = z.union([
  fields({ replicas }),
  fields({ min: replicas.min(2), max: replicas, cpu: percent, memory: percent.optional() }).refine(
    ({ min, max }) => min < max,
    { error: 'min must be below max, or the autoscaler has nothing to do' },
  ),
]);

/** How many pods a rolling update adds and takes away at a time: numbers or percentages. */
const rollout = fields({ maxSurge: countOrPercent, maxUnavailable: countOrPercent });

/** Addresses outside the cluster: named, never all of them. */
const namedNetwork = cidr.refine((network) => !network.endsWith('/0'), {
  error: ({ input }) => `${input} is every address; expected the networks that the application needs`,
});

/** What an environment may say of any web application; the application's file holds the defaults. */
export const perEnvironment = {
  scale: scale.optional(),
  rollout: rollout.optional(),
  resources: resources.optional(),
  expose: exposure.optional(),
};

const variables = <Value extends z.ZodType>(value: Value) =>
  z
    .record(z.string().regex(/^[A-Za-z_]\w*$/, 'is not the name of a variable'), value)
    .default({})
    .readonly();

const path = z.string().regex(/^\//, 'is not a path; expected a leading /');

/** How a pod leaves without dropping anybody. */
const shutdown = fields({
  /** Seconds from SIGTERM until nobody routes to the pod any more; it goes on serving meanwhile. */
  delaySeconds: z.number().int().min(0),
  /** Seconds after that for what is open to finish. */
  drainSeconds: z.number().int().min(0),
  /** Who waits for `delaySeconds`: the application itself, or `sleep` in a preStop hook, for images that stop at once. */
  delayBy: z.enum(['app', 'preStop']),
});

/** A stateless HTTP application, as its file describes it. */
const webApp = fields({
  /** Port that it listens on. */
  port,
  /** `alive`: the process answers. `ready`: what it needs answers too. */
  probes: fields({ alive: path, ready: path }).refine(({ alive, ready }) => alive !== ready, {
    error: 'alive and ready are one path; expected two, or a lost store restarts every pod',
  }),
  scale,
  resources,
  /** Default: one more, none less. */
  rollout: rollout.default({ maxSurge: 1, maxUnavailable: 0 }),
  expose: exposure.default({ via: 'internal', clientIpAffinity: false }),
  /** Port of `/metrics`, for the cluster's Prometheus alone. */
  metricsPort: port.optional(),
  /** Whom it calls; everything else is denied. */
  calls: z
    .array(
      z.union([
        fields({ to: dnsLabel, port }),
        fields({ toNetwork: namedNetwork, port }),
        fields({ toApiServer: z.literal(true) }),
      ]),
    )
    .default([])
    .readonly(),
  /** Variables that are no secret; they become a ConfigMap. */
  settings: variables(z.string()),
  /** Variables read from a key of another workload's ConfigMap. */
  settingsFrom: variables(fields({ configMap: dnsLabel, key: z.string() })),
  /** Variables read from a key of a Secret. */
  secrets: variables(fields({ secret: dnsLabel, key: z.string() })),
  /** Writable directories beside `/tmp`, each with the most that may lie there. */
  writable: z.record(path, size).default({}).readonly(),
  /** Longest start, in seconds. */
  startSeconds: z.number().int().min(1).default(60),
  shutdown: shutdown.default({ delaySeconds: 5, drainSeconds: 10, delayBy: 'app' }),
});

/** What an application's file says. */
export type WebApp = z.input<typeof webApp>;

/** A web application with every field decided. */
export type DecidedWebApp = z.output<typeof webApp>;

export type PerEnvironment = typeof perEnvironment;

/**
 * The environment's word, then the application's, then the house's.
 * @throws Refused naming the field below `where`.
 */
export function decide(app: WebApp, given: Output<PerEnvironment>, where: string): DecidedWebApp {
  const said = (Object.keys(perEnvironment) as (keyof PerEnvironment)[]).filter((field) => given[field] !== undefined);
  return parse(webApp, { ...app, ...Object.fromEntries(said.map((field) => [field, given[field]])) }, where);
}
