import ipaddr from 'ipaddr.js';
import * as z from 'zod';
import { cidr, cpu, dnsLabel, host, port, size } from '../tools/parse/fields';
import { fields, parse, Refused, show } from '../tools/parse/parse';

const labels = z.record(z.string(), z.string()).readonly();

/** Pods of the cluster's own services, as NetworkPolicies name them. */
const podsInNamespace = fields({ namespace: dnsLabel, podLabels: labels });

const taint = fields({
  key: z.string(),
  value: z.string(),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
});

const worker = fields({
  name: dnsLabel,
  /** Cores that the machine has. */
  cpu,
  /** Memory that the machine has. */
  memory: size,
  /** Failure domain: label `topology.kubernetes.io/zone`. */
  zone: z.string().min(1),
  taints: z.array(taint).default([]).readonly(),
});

/** Facts of one cluster that environments and judges need. */
const clusterSchema = fields({
  name: dnsLabel,
  /** Where clients reach the API: the highly available address, never one node's. */
  apiEndpoint: fields({ host, port }),
  /** Minor of Kubernetes that runs there: `1.36`. */
  kubernetes: z
    .string()
    .regex(/^1\.\d{2}$/, { error: ({ input }) => `${show(input)} is not a minor of Kubernetes such as 1.36` }),
  cidrs: fields({
    /** Addresses of the API servers themselves: what a pod's packet carries after the Service address was replaced. */
    api: z.array(cidr).min(1).readonly(),
    nodes: z.array(cidr).min(1).readonly(),
    pods: z.array(cidr).min(1).readonly(),
    services: z.array(cidr).min(1).readonly(),
    /** Addresses other than the nodes' that stand in for a client's: a cloud load balancer's, a CNI's tunnels. */
    snat: z.array(cidr).default([]).readonly(),
  }),
  /** Ports that kube-apiserver hands out (`--service-node-port-range`); first and last. */
  nodePortRange: z
    .tuple([port, port])
    .refine(([first, last]) => first <= last, {
      error: ({ input }) => `${show(input)} runs backwards; expected first and last`,
    })
    .default([30000, 32767])
    .readonly(),
  workers: z.array(worker).min(1).readonly(),
  ingressController: fields({
    implementation: z.enum(['traefik', 'haproxytech', 'ingress-nginx']),
    namespace: dnsLabel,
    podLabels: labels,
  }).optional(),
  /** The Prometheus that scrapes; without it nothing may scrape. */
  monitoring: podsInNamespace.optional(),
  /** Addresses that MetalLB hands out; without it no Service can pin one. */
  metallbPool: cidr.optional(),
  /** Objects that the cluster brings and that no environment renders. */
  provides: fields({
    storageClasses: z.array(dnsLabel).default([]).readonly(),
    ingressClasses: z.array(dnsLabel).default([]).readonly(),
  }),
});

export type Cluster = z.output<typeof clusterSchema>;

/**
 * Reads the facts of a cluster.
 * @throws Refused naming field, value and expectation; also where two ranges overlap or two workers share a name.
 */
export function cluster(facts: z.input<typeof clusterSchema>): Cluster {
  const spec = parse(clusterSchema, facts, `cluster ${facts.name}`);
  const faults = [...overlaps(spec), ...duplicates(spec)];
  if (faults.length > 0) throw new Refused(faults);
  return spec;
}

function* overlaps({ name, cidrs, metallbPool }: Cluster): Generator<string> {
  const ranges = (['nodes', 'pods', 'services'] as const).flatMap((field) =>
    cidrs[field].map((range) => ({ field: `cidrs.${field}`, range })),
  );
  // The pool may lie among the nodes' addresses: it is announced in their network.
  if (metallbPool) ranges.push({ field: 'metallbPool', range: metallbPool });
  for (const [index, one] of ranges.entries()) {
    for (const other of ranges.slice(index + 1)) {
      if (other.field === 'metallbPool' && one.field === 'cidrs.nodes') continue;
      if (overlap(one.range, other.range)) {
        yield `cluster ${name}.${other.field}: ${other.range} overlaps ${one.range} of ${one.field}; expected ranges apart, or answers reach the wrong network`;
      }
    }
  }
}

function* duplicates({ name, workers }: Cluster): Generator<string> {
  for (const [index, worker] of workers.entries()) {
    if (workers.findIndex((other) => other.name === worker.name) < index) {
      yield `cluster ${name}.workers.${index}.name: "${worker.name}" stands twice; expected a name of its own for each worker`;
    }
  }
}

function overlap(one: string, other: string): boolean {
  const [a, aBits] = ipaddr.parseCIDR(one);
  const [b, bBits] = ipaddr.parseCIDR(other);
  return a.kind() === b.kind() && a.match(b, Math.min(aBits, bBits));
}
