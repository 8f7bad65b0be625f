import * as z from 'zod';
import { cidr, countOrPercent, percent, port } from '../../tools/parse/fields';
import { fields, parse } from '../../tools/parse/parse';
import type { Call } from '../environments/workload';
import { exposure } from './route';
import type { SecretVariables } from './secrets';
import { type PodSpec, resources } from './workload';

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

/** A stateless HTTP application, as its file describes it. */
export interface WebApp {
  /** Port that it listens on. */
  readonly port: number;
  /** `alive`: the process answers. `ready`: what it needs answers too. Never the same path: a lost store must not restart pods. */
  readonly probes: { readonly alive: string; readonly ready: string };
  readonly scale: z.input<typeof scale>;
  readonly resources: z.input<typeof resources>;
  /** Default: one more, none less. */
  readonly rollout?: z.input<typeof rollout>;
  /** Default: internal. */
  readonly expose?: z.input<typeof exposure>;
  /** Port of `/metrics`, for the cluster's Prometheus alone. */
  readonly metricsPort?: number;
  readonly calls?: readonly Call[];
  /** Variables that are no secret; they become a ConfigMap. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Variables read from a key of another workload's ConfigMap. */
  readonly settingsFrom?: Readonly<Record<string, { readonly configMap: string; readonly key: string }>>;
  readonly secrets?: SecretVariables;
  readonly writable?: PodSpec['writable'];
  /** Longest start, in seconds; default 60. */
  readonly startSeconds?: number;
  readonly shutdown?: Shutdown;
}

/** How a pod leaves without dropping anybody. */
export interface Shutdown {
  /** Seconds from SIGTERM until nobody routes to the pod any more; it goes on serving meanwhile. Default 5. */
  readonly delaySeconds: number;
  /** Seconds after that for what is open to finish. Default 10. */
  readonly drainSeconds: number;
  /** Who waits for `delaySeconds`: the application itself (default), or `sleep` in a preStop hook, for images that stop at once. */
  readonly delayBy: 'app' | 'preStop';
}

export type PerEnvironment = typeof perEnvironment;
/** What reading a group of fields gives. */
export type Output<Shape extends z.ZodRawShape> = { readonly [Field in keyof Shape]: z.output<Shape[Field]> };

/** A web application with every field decided. */
export type DecidedWebApp = ReturnType<typeof decide>;

/** The environment's word, then the application's, then the house's. */
export function decide(app: WebApp, given: Output<PerEnvironment>, where: string) {
  return {
    ...app,
    port: parse(port, app.port, `${where}.port`),
    scale: given.scale ?? parse(scale, app.scale, `${where}.scale`),
    resources: given.resources ?? parse(resources, app.resources, `${where}.resources`),
    rollout: given.rollout ?? parse(rollout, app.rollout ?? { maxSurge: 1, maxUnavailable: 0 }, `${where}.rollout`),
    expose: given.expose ?? parse(exposure, app.expose ?? { via: 'internal' }, `${where}.expose`),
    shutdown: app.shutdown ?? { delaySeconds: 5, drainSeconds: 10, delayBy: 'app' },
    startSeconds: app.startSeconds ?? 60,
    calls: readCalls(app.calls ?? [], where),
    settings: app.settings ?? {},
    settingsFrom: app.settingsFrom ?? {},
    secrets: app.secrets ?? {},
  };
}

function readCalls(calls: readonly Call[], where: string): readonly Call[] {
  for (const [index, call] of calls.entries()) {
    if ('toNetwork' in call) parse(namedNetwork, call.toNetwork, `${where}.calls.${index}.toNetwork`);
  }
  return calls;
}
