import type { Flow } from './matrix';
import { compareParties, type Party, showParty, type WorkloadParty } from './party';
import { showPorts } from './ports';

/** What Mermaid draws by its defaults (`maxEdges`, `maxTextSize`); a page cannot raise them. */
export const LIMITS = { edges: 500, characters: 50_000 } as const;

/** A flowchart: workloads in a box for each namespace, an arrow for each flow, its ports on the arrow. */
export function trafficGraph(flows: readonly Flow[]): string {
  const parties = new Map(flows.flatMap(({ from, to }) => [from, to]).map((party) => [showParty(party), party]));
  const sorted = [...parties.values()].sort(compareParties);
  const ids = identifiers(sorted.map(showParty));
  const idOf = (party: Party): string => ids.get(showParty(party)) ?? '';
  const workloads = sorted.filter((party): party is WorkloadParty => party.kind === 'workload');
  const namespaces = [...new Set(workloads.map(({ namespace }) => namespace))];
  const lines = [
    'flowchart LR',
    ...[...identifiers(namespaces)].flatMap(([namespace, id]) => [
      `  subgraph namespace_${id}["${text(namespace)}"]`,
      ...workloads.filter((party) => party.namespace === namespace).map((party) => `    ${idOf(party)}${shape(party)}`),
      '  end',
    ]),
    ...sorted.filter(({ kind }) => kind !== 'workload').map((party) => `  ${idOf(party)}${shape(party)}`),
    ...flows.map(({ from, to, ports }) => `  ${idOf(from)} -->|"${text(showPorts(ports))}"| ${idOf(to)}`),
  ];
  return `${lines.join('\n')}\n`;
}

/** What stands in a node; each kind of party has its own outline. */
function shape(party: Party): string {
  const label = `"${text(party.kind === 'workload' ? `${party.ownerKind} ${party.name}` : showParty(party))}"`;
  switch (party.kind) {
    case 'workload':
      return `[${label}]`;
    case 'pods':
      return `(${label})`;
    case 'networks':
      return `[/${label}/]`;
    case 'anyone':
      return `((${label}))`;
  }
}

/** Names that Mermaid takes, made of the texts, so that a new node renames no other; a number tells apart what looks alike. */
function identifiers(texts: readonly string[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of texts) {
    const plain = name.replace(/[^A-Za-z0-9]+/g, '_');
    let id = plain;
    for (let number = 2; taken.has(id); number++) id = `${plain}_${number}`;
    taken.add(id);
    ids.set(name, id);
  }
  return ids;
}

/** Text between double quotes: what Mermaid would read as markup is written as the character's number. */
const text = (value: string): string => value.replace(/["#&<>`]/g, (character) => `#${character.codePointAt(0)};`);
