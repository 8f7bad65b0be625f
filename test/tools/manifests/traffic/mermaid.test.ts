import type { Flow } from '../../../../tools/manifests/traffic/matrix';
import { trafficGraph } from '../../../../tools/manifests/traffic/mermaid';
import { ANYONE, type Party } from '../../../../tools/manifests/traffic/party';
import { EVERY_PORT } from '../../../../tools/manifests/traffic/ports';

const workload = (namespace: string, name: string): Party => ({
  kind: 'workload',
  namespace,
  name,
  ownerKind: 'Deployment',
});
const flow = (from: Party, to: Party): Flow => ({ from, to, ports: [{ protocol: 'TCP', first: 80, last: 80 }] });
const linesOf = (...flows: Flow[]): string[] =>
  trafficGraph(flows)
    .split('\n')
    .map((line) => line.trim());

describe('the graph', () => {
  it('puts workloads into the box of their namespace, and draws an arrow with its ports for each flow', () => {
    expect(
      trafficGraph([
        flow(workload('shop', 'chat'), workload('shop', 'redis')),
        { ...flow(workload('shop', 'chat'), ANYONE), ports: EVERY_PORT },
      ]),
    ).toBe(
      `flowchart LR
  subgraph namespace_shop["shop"]
    Deployment_shop_chat["Deployment chat"]
    Deployment_shop_redis["Deployment redis"]
  end
  anyone(("anyone"))
  Deployment_shop_chat -->|"TCP 80"| Deployment_shop_redis
  Deployment_shop_chat -->|"every port"| anyone
`,
    );
  });

  it('has one node for a party, however many flows it has', () => {
    const lines = linesOf(flow(workload('a', 'x'), workload('a', 'y')), flow(workload('a', 'y'), workload('a', 'x')));
    expect(lines.filter((line) => line.endsWith(']'))).toHaveLength(3);
  });

  it('tells apart names that look alike once Mermaid has them', () => {
    const lines = linesOf(flow(workload('a-b', 'c'), workload('a', 'b-c')));
    expect(lines).toContain('Deployment_a_b_c -->|"TCP 80"| Deployment_a_b_c_2');
  });

  it('writes what Mermaid would read as markup as characters', () => {
    const pods: Party = { kind: 'pods', namespaces: {}, pods: { matchLabels: { app: '"<b>#' } } };
    expect(linesOf(flow(pods, workload('a', 'x'))).join()).toContain('app=#34;#60;b#62;#35; in');
  });
});
