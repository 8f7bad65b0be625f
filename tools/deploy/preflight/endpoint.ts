import execa from 'execa';
import ipaddr from 'ipaddr.js';
import { Refused } from '../../parse/parse';
import type { Inventory } from '../../render/inventory';
import { kubectlWords, type Target } from '../target';
import type { Answer, PreflightContext, Question } from './question';

/** What `kubectl config view -o json` shows; credentials are left out by kubectl. */
export interface Kubeconfig {
  readonly 'current-context'?: string;
  readonly contexts?: readonly { readonly name: string; readonly context: { readonly cluster?: string } }[] | null;
  readonly clusters?:
    | readonly {
        readonly name: string;
        readonly cluster: { readonly server?: string; readonly 'insecure-skip-tls-verify'?: boolean };
      }[]
    | null;
}

/** The context leads to the environment's cluster: to its highly available address, and to nobody else. */
export const rightCluster: Question = {
  name: 'cluster',
  ask: async ({ bundle: { inventory }, target }: PreflightContext): Promise<Answer> => ({
    faults: await judgeContext(target, inventory.apiEndpoint),
  }),
};

/** What stands against the context that a command would use. */
export async function judgeContext(target: Target, endpoint: Endpoint): Promise<string[]> {
  const faults = judgeEndpoint(await view(target, '--minify'), endpoint);
  if (faults.length === 0) return faults;
  const right = contextsOf(await view(target), endpoint);
  const next = right.length === 0 ? 'a context of that cluster, by --context or --kubeconfig' : `--context ${right[0]}`;
  return faults.map((fault) => `${fault}. Next: ${next}`);
}

type Endpoint = Inventory['apiEndpoint'];

/** What stands against the one context of a minified kubeconfig. */
export function judgeEndpoint(config: Kubeconfig, { host, port }: Endpoint): string[] {
  const context = `context ${config['current-context'] ?? '(none)'}`;
  const cluster = config.clusters?.[0]?.cluster;
  const expected = `https://${bracketed(host)}:${port}`;
  const found = endpointOf(cluster?.server);
  const isThere = found !== undefined && isSameHost(found.host, host) && found.port === port && found.isSecure;
  return [
    ...(isThere
      ? []
      : [
          `${context}: its server is ${cluster?.server ?? 'none'}; expected ${expected}, the environment's highly available address, not one node's or another cluster's`,
        ]),
    ...(cluster?.['insecure-skip-tls-verify']
      ? [
          `${context}: insecure-skip-tls-verify is true; expected the cluster's certificate authority: anybody between could take the place of the cluster`,
        ]
      : []),
  ];
}

/** Contexts of a whole kubeconfig that lead to an endpoint, safely. */
export const contextsOf = ({ contexts, clusters }: Kubeconfig, endpoint: Endpoint): string[] =>
  (contexts ?? [])
    .filter(({ name, context }) => {
      const cluster = clusters?.filter((known) => known.name === context.cluster) ?? [];
      return cluster.length > 0 && judgeEndpoint({ 'current-context': name, clusters: cluster }, endpoint).length === 0;
    })
    .map(({ name }) => name);

function endpointOf(server: string | undefined): { host: string; port: number; isSecure: boolean } | undefined {
  if (server === undefined || !URL.canParse(server)) return undefined;
  const { hostname, port, protocol } = new URL(server);
  const isSecure = protocol === 'https:';
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? (isSecure ? 443 : 80) : Number(port), isSecure };
}

/** Names have no case and may end in a dot; an IPv6 address has many spellings. */
const isSameHost = (a: string, b: string): boolean => canonical(a) === canonical(b);
const canonical = (host: string): string =>
  ipaddr.isValid(host) ? ipaddr.parse(host).toNormalizedString() : host.toLowerCase().replace(/\.$/, '');
const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** @throws Refused with kubectl's words where it cannot read the kubeconfig. */
async function view(target: Target, ...words: readonly string[]): Promise<Kubeconfig> {
  const { exitCode, stdout, stderr } = await execa(
    'kubectl',
    [...kubectlWords(target), 'config', 'view', ...words, '-o', 'json'],
    { reject: false, stdin: 'ignore' },
  );
  if (exitCode === 0) return JSON.parse(stdout) as Kubeconfig;
  throw new Refused([
    `kubeconfig: kubectl says ${JSON.stringify(stderr?.trim() || 'nothing')}; expected a context of the cluster. Next: --kubeconfig and --context, or \`kubectl config use-context\``,
  ]);
}
