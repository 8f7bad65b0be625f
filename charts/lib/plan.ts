import { dnsLabel } from '../../tools/parse/fields';
import { nearest, parse, Refused, settle } from '../../tools/parse/parse';
import type { ContractSecret, Talk } from '../../tools/render/inventory';
import type { ComposedEnvironment } from '../environments/environment';
import type { ConfigMaps, Workload } from '../environments/workload';
import { groupBy } from './group';
import { unusedPins } from './images';
import { secretsContract } from './secrets';
import { talksOf } from './talks';

/** An environment with everything settled that concerns more than one workload. */
export interface Plan {
  readonly environment: ComposedEnvironment;
  readonly workloads: readonly Workload[];
  readonly talks: readonly Talk[];
  readonly secrets: readonly ContractSecret[];
  readonly configMaps: ConfigMaps;
  callersOf(workload: string): readonly string[];
  /** Talks by workload: those opened to it, those that it opens. */
  talksWith(workload: string): { readonly incoming: readonly Talk[]; readonly outgoing: readonly Talk[] };
}

/**
 * Declares every workload of an environment and holds them against each other.
 * @throws Refused with every fault of every workload, not only the first.
 */
export function plan(environment: ComposedEnvironment): Plan {
  const workloads = settle(
    environment.run.map((entry) => () => {
      parse(dnsLabel, entry.name, `${environment.name}.run`);
      return entry.declare(environment);
    }),
  );
  const faults = [...faultsAmong(environment.name, workloads), ...unusedPins(environment, workloads)];
  if (faults.length > 0) throw new Refused(faults);

  const talks = talksOf(environment, workloads);
  const incoming = groupBy(talks, ({ to }) => ('workload' in to ? to.workload : undefined));
  const outgoing = groupBy(talks, ({ from }) => ('workload' in from ? from.workload : undefined));
  const callersOf = (name: string) =>
    [...new Set((incoming.get(name) ?? []).flatMap(({ from }) => ('workload' in from ? [from.workload] : [])))].sort();
  return {
    environment,
    workloads,
    talks,
    secrets: secretsContract(environment, workloads, callersOf),
    configMaps: Object.assign({}, ...workloads.map(({ configMaps }) => configMaps)),
    callersOf,
    talksWith: (name) => ({ incoming: incoming.get(name) ?? [], outgoing: outgoing.get(name) ?? [] }),
  };
}

function* faultsAmong(environment: string, workloads: readonly Workload[]): Generator<string> {
  const byName = new Map<string, Workload>();
  const byNodePort = new Map<number, string>();
  for (const workload of workloads) {
    const where = `${environment}.${workload.name}`;
    if (byName.has(workload.name)) {
      yield `${where}: stands twice in run; expected every name once`;
    }
    byName.set(workload.name, workload);
    for (const nodePort of workload.nodePorts) {
      const owner = byNodePort.get(nodePort);
      if (owner) yield `${where}.expose.port: ${nodePort} is ${owner}'s already; expected a NodePort of its own`;
      byNodePort.set(nodePort, workload.name);
    }
  }
  for (const { name, calls } of workloads) {
    for (const call of calls) {
      if ('to' in call) yield* unanswered(`${environment}.${name}.calls`, call, byName);
    }
  }
}

function* unanswered(
  where: string,
  call: { to: string; port: number },
  workloads: ReadonlyMap<string, Workload>,
): Generator<string> {
  const callee = workloads.get(call.to);
  if (!callee) yield `${where}: nothing called "${call.to}" runs here; ${nearest(call.to, [...workloads.keys()])}`;
  else if (!callee.ports.includes(call.port)) {
    yield `${where}: "${call.to}" does not listen on ${call.port}; expected ${callee.ports.join(' or ')}`;
  }
}
