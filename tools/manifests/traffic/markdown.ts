import type { Flow } from './matrix';
import { LIMITS, trafficGraph } from './mermaid';
import { markdownTable } from './table';

/**
 * `dist/inventory/<environment>.traffic.md`: what reviewers see change.
 * @param name the environment.
 */
export function trafficDocument(name: string, flows: readonly Flow[]): string {
  const introduction = `# Traffic of ${name}

Who may open connections to whom, and on which ports, computed from the network policies of this environment: what has no row is denied.
\`anyone\` is everybody whom no policy of their own keeps from it; pods on their node's network, and a node that probes its own pods, are beyond policies.
`;
  if (flows.length === 0) return `${introduction}\nThere is no row: nobody may talk to anybody.\n`;
  return `${introduction}\n${markdownTable(flows)}\n${graph(flows)}`;
}

function graph(flows: readonly Flow[]): string {
  const text = trafficGraph(flows);
  const { edges, characters } = LIMITS;
  return flows.length > edges || text.length > characters
    ? `There is no graph: Mermaid draws at most ${edges} arrows and ${characters} characters.\n`
    : `\`\`\`mermaid\n${text}\`\`\`\n`;
}
