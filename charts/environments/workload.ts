import type { Chart } from 'cdk8s';
import type { Rotation, Talk } from '../../tools/render/inventory';
import type { Environment } from './schema';

/** One line of an environment's `run`: an application or a store with what this environment asks of it. */
export interface Entry {
  readonly name: string;
  /** @throws Refused naming the environment's field. */
  declare(environment: Environment): Workload;
}

/** Someone whom a workload calls: another workload, the API server, or addresses outside the cluster. */
export type Call =
  | { readonly to: string; readonly port: number }
  | { readonly toApiServer: true }
  | { readonly toNetwork: string; readonly port: number };

/** Someone outside the environment who calls a workload. */
export interface Entrance {
  readonly from: 'ingress controller' | 'clients' | 'monitoring';
  readonly port: number;
}

/** One key of a Secret that the environment expects to exist. */
export interface SecretKey {
  readonly secret: string;
  readonly key: string;
  /** Type of the Secret; default `Opaque`. */
  readonly type?: 'kubernetes.io/tls' | 'kubernetes.io/dockerconfigjson';
  /** Who reads it in the workload's place; default: the workload's own pods. */
  readonly reader?: 'ingress controller' | 'kubelet';
  /** How a running pod learns a new value that it took at its first start; default: a restart is enough. */
  readonly rotation?: Rotation;
}

/** An image that a container runs: `app` is one of this repository's, `stock` a library image of Docker Hub. */
export type Image =
  | { readonly app: string }
  | {
      /** `redis:8.2.1@sha256:…`: the tested release, which an environment's pin replaces. */
      readonly stock: string;
    };

/** ConfigMaps by name, each with its data. */
export type ConfigMaps = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What a workload says of itself before anything is rendered, so that its neighbours can be built. */
export interface Workload {
  readonly name: string;
  /** Stores come first in `dist/`: what others need to start. */
  readonly tier: 'store' | 'app';
  /** Ports that others may call. */
  readonly ports: readonly number[];
  readonly calls: readonly Call[];
  readonly entrances: readonly Entrance[];
  readonly nodePorts: readonly number[];
  /** Keys of Secrets that it reads; a store may keep one for each caller. */
  secrets(callers: readonly string[]): readonly SecretKey[];
  /** ConfigMaps whose keys others may read. */
  readonly configMaps: ConfigMaps;
  /** Images that it runs; each may be pinned. */
  readonly images: readonly Image[];
  render(site: Site): void;
}

/** Where a workload is rendered: its file, its environment, its part of the talks, its neighbours' ConfigMaps. */
export interface Site {
  readonly environment: Environment;
  readonly chart: Chart;
  /** Talks that others open to it. */
  readonly incoming: readonly Talk[];
  /** Talks that it opens. */
  readonly outgoing: readonly Talk[];
  readonly configMaps: ConfigMaps;
  /** Workloads that declared a call to it. */
  readonly callers: readonly string[];
}
