import type { Adverts, ScriptCheck, ServerCheck } from '../../cluster/render/failover';
import type { Cluster } from '../../cluster/spec';
import { lab } from '../../cluster/specs/lab';
import { labWith } from './machine-clusters';

/** The lab without balancers of its own: its control planes balance themselves. */
export const selfBalanced = (): Cluster =>
  labWith({
    apiEndpoint: { host: 'api.lab.example.com', port: 8443 },
    build: { ...buildOfLab, balancing: { kind: 'control-planes', vip: '192.0.2.90' } },
  });

/** The lab with one balancer. */
export const balancedByOne = (): Cluster => {
  const machines = [{ name: 'balancer-1', address: '192.0.2.91', cpu: '1', memory: '512Mi' }] as const;
  return labWith({ build: { ...buildOfLab, balancing: { kind: 'single', machines: [...machines] } } });
};

/** A pair whose machines have addresses of IPv6. */
export function pairOverIpv6(): Cluster {
  const at = <Machine extends { readonly name: string }>(first: number, machines: readonly Machine[]) =>
    machines.map((machine, index) => ({ ...machine, address: `2001:db8::${first + index}` }));
  const nodes = ['2001:db8::/112'];
  const [one, other] = at(91, (lab.build as unknown as Pair).balancing.machines);
  if (!one || !other) throw new Error('the lab has no pair');
  return labWith({
    cidrs: { api: nodes, nodes, pods: ['2001:db8:1::/56'], services: ['2001:db8:2::/112'] },
    workers: at(104, lab.workers),
    metallbPool: '2001:db8:3::/120',
    build: {
      ...buildOfLab,
      controlPlanes: at(97, buildOfLab.controlPlanes),
      balancing: { kind: 'pair', vip: '2001:db8::90', machines: [one, other] },
    },
  });
}

type Pair = { readonly balancing: { readonly machines: readonly { name: string; cpu: string; memory: string }[] } };

const buildOfLab = lab.build as Extract<Parameters<typeof labWith>[0]['build'], { by: 'kubeadm' }>;

/** Seconds or milliseconds, as HAProxy writes them; here milliseconds. */
function milliseconds(text: string, pattern: RegExp): number {
  const [, amount, unit] = pattern.exec(text) ?? [];
  if (!amount || !unit) throw new Error(`${pattern} is not in the file`);
  return Number(amount) * (unit === 's' ? 1_000 : 1);
}

const number = (text: string, pattern: RegExp): number => {
  const [, amount] = pattern.exec(text) ?? [];
  if (!amount) throw new Error(`${pattern} is not in the file`);
  return Number(amount);
};

/** The timings in a text of haproxy.cfg. */
export const readServerCheck = (text: string): ServerCheck => ({
  inter: milliseconds(text, /^ +default-server .*\binter (\d+)(m?s)\b/m),
  fastinter: milliseconds(text, /^ +default-server .*\bfastinter (\d+)(m?s)\b/m),
  fall: number(text, /^ +default-server .*\bfall (\d+)\b/m),
  connect: milliseconds(text, /^ +timeout connect (\d+)(m?s)$/m),
  answer: milliseconds(text, /^ +timeout check (\d+)(m?s)$/m),
});

/** The timings in a text of keepalived.conf. */
export const readVrrp = (text: string): { readonly check: ScriptCheck; readonly adverts: Adverts } => ({
  check: {
    interval: number(text, /^ +interval (\d+)$/m) * 1_000,
    timeout: number(text, /^ +timeout (\d+)$/m) * 1_000,
    fall: number(text, /^ +fall (\d+)$/m),
    weight: number(text, /^ +weight (-?\d+)$/m),
  },
  adverts: {
    version: number(text, /^ +vrrp_version ([23])$/m) as 2 | 3,
    interval: number(text, /^ +advert_int ([\d.]+)$/m) * 1_000,
    priority: number(text, /^ +priority (\d+)$/m),
  },
});
