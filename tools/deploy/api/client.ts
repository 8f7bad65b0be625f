import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import type { Manifest } from '../../render/order';
import type { Target } from '../target';
import { ApiError, type Status, Unreachable } from './error';
import { openProxy } from './proxy';

/** An object as the API server keeps it. */
export interface LiveObject extends Manifest {
  readonly metadata: Manifest['metadata'] & {
    readonly uid: string;
    readonly resourceVersion: string;
    readonly generation?: number;
    readonly creationTimestamp: string;
    readonly deletionTimestamp?: string;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly uid: string }[];
    readonly managedFields?: readonly {
      readonly manager?: string;
      readonly operation?: string;
      readonly subresource?: string;
      /** ISO time of its last change. */
      readonly time?: string;
      readonly fieldsV1?: Readonly<Record<string, unknown>>;
    }[];
  };
}

export type Query = Readonly<Record<string, string | boolean | undefined>>;

export interface Ask {
  readonly query?: Query;
  readonly body?: unknown;
  /** Media type of the body; default `application/json`. */
  readonly type?: string;
  /** Milliseconds without a byte after which the cluster counts as silent; default 30,000. */
  readonly patience?: number;
}

export interface Answer<Value> {
  readonly value: Value;
  /** What the server says beside its answer: deprecations, Pod Security, unknown fields. */
  readonly warnings: readonly string[];
}

/** How an object is applied on the server's side. */
export interface Application {
  readonly manager: string;
  /** Take fields that other managers own; default: a conflict is an error. */
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

const PATIENCE = 30_000;
export const APPLY = 'application/apply-patch+yaml';
export const MERGE = 'application/merge-patch+json';

/** The one client of the Kubernetes API: requests through one socket, whatever their number. */
export class Api {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });
  readonly #kinds = new Map<string, Promise<ReadonlyMap<string, Kind>>>();

  constructor(
    private readonly socket: string,
    private readonly whenClosed: () => void = () => undefined,
  ) {}

  /** @throws Refused where kubectl cannot open the cluster. */
  static async open(target: Target): Promise<Api> {
    const proxy = await openProxy(target);
    return new Api(proxy.socket, () => proxy.close());
  }

  close(): void {
    this.#agent.destroy();
    this.whenClosed();
  }

  /**
   * Asks for a path such as `/api/v1/namespaces/chat/pods`.
   * @throws ApiError where the server refuses, Unreachable where it does not answer.
   */
  async ask<Value = LiveObject>(method: string, path: string, ask: Ask = {}): Promise<Answer<Value>> {
    const query = new URLSearchParams(
      Object.entries(ask.query ?? {}).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    ).toString();
    const { code, headers, text } = await this.#send(method, query === '' ? path : `${path}?${query}`, ask);
    // The API server speaks JSON; a failure in plain text is kubectl's, which did not reach it.
    if (code >= 500 && !isJson(headers)) throw new Unreachable(`${method} ${path}`, new Error(text.trim()));
    const value = isJson(headers) ? JSON.parse(text) : text;
    if (code >= 300) throw new ApiError(`${method} ${path}`, code, asStatus(value, text));
    return { value: value as Value, warnings: warningsOf(headers) };
  }

  async get<Value = LiveObject>(path: string, query?: Query): Promise<Value> {
    return (await this.ask<Value>('GET', path, { query })).value;
  }

  /** The same, and undefined where there is nothing. */
  async find<Value = LiveObject>(path: string, query?: Query): Promise<Value | undefined> {
    try {
      return await this.get<Value>(path, query);
    } catch (error) {
      if (error instanceof ApiError && error.isMissing) return undefined;
      throw error;
    }
  }

  /** Items of a list; their kind and apiVersion, which a list leaves out, are put back. */
  async list<Item = LiveObject>(path: string, query?: Query): Promise<Item[]> {
    const { items, kind, apiVersion } = await this.get<{ items: Item[]; kind: string; apiVersion: string }>(
      path,
      query,
    );
    return items.map((item) => ({ kind: kind.replace(/List$/, ''), apiVersion, ...item }));
  }

  /** Applies an object on the server's side, strictly: unknown and doubled fields are refused. */
  async apply(
    manifest: Manifest,
    { manager, force = false, dryRun = false }: Application,
  ): Promise<Answer<LiveObject>> {
    return this.ask('PATCH', await this.pathOf(manifest), {
      type: APPLY,
      body: manifest,
      query: { fieldManager: manager, force, fieldValidation: 'Strict', dryRun: dryRun ? 'All' : undefined },
    });
  }

  /** Where an object is. @throws ApiError where the cluster does not know its kind. */
  async pathOf({ apiVersion, kind, metadata }: Manifest): Promise<string> {
    const known = (await this.#kindsOf(apiVersion)).get(kind);
    if (!known) {
      throw new ApiError(`${apiVersion} ${kind}`, 404, {
        message: `the cluster knows no kind ${kind} of ${apiVersion}`,
      });
    }
    const scope = known.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${groupPath(apiVersion)}${scope}/${known.name}/${metadata.name}`;
  }

  /** Resources of a group and version by kind, asked once. */
  #kindsOf(apiVersion: string): Promise<ReadonlyMap<string, Kind>> {
    const known = this.#kinds.get(apiVersion);
    if (known) return known;
    const asked = this.find<{ resources: (Kind & { kind: string })[] }>(groupPath(apiVersion)).then(
      (found) =>
        new Map((found?.resources ?? []).filter(({ name }) => !name.includes('/')).map((one) => [one.kind, one])),
    );
    this.#kinds.set(apiVersion, asked);
    asked.catch(() => this.#kinds.delete(apiVersion));
    return asked;
  }

  #send(method: string, path: string, { body, type, patience = PATIENCE }: Ask) {
    return new Promise<{ code: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
      const fail = (error: Error) => reject(new Unreachable(`${method} ${path}`, error));
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const headers = payload === undefined ? {} : { 'content-type': type ?? 'application/json' };
      const sent = request(
        { socketPath: this.socket, agent: this.#agent, method, path, headers, timeout: patience },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk) => {
            text += chunk;
          });
          response.on('error', fail);
          response.on('end', () => resolve({ code: response.statusCode ?? 0, headers: response.headers, text }));
        },
      );
      sent.on('timeout', () => sent.destroy(new Error(`nothing for ${patience / 1000} s`)));
      sent.on('error', fail);
      sent.end(payload);
    });
  }
}

interface Kind {
  /** Plural, as paths have it. */
  readonly name: string;
  readonly namespaced: boolean;
}

export const groupPath = (apiVersion: string): string =>
  apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;

/** Logs are text; everything else is JSON. */
const isJson = (headers: IncomingHttpHeaders): boolean => headers['content-type']?.includes('json') ?? false;

const asStatus = (value: unknown, text: string): Status =>
  typeof value === 'object' && value !== null ? (value as Status) : { message: text.trim() || undefined };

/** RFC 9111's warnings: `299 - "text"`. */
function warningsOf(headers: IncomingHttpHeaders): string[] {
  const lines = headers.warning ?? [];
  return [
    ...[lines]
      .flat()
      .join(', ')
      .matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g),
  ].map(([, text = '']) => text.replace(/\\(.)/g, '$1'));
}
