import * as z from 'zod';
import { cidr, cpu, dnsLabel, host, ipAddress, port, size } from '../tools/parse/fields';
import { fields, show } from '../tools/parse/parse';
import { kindBuild, kubeadm, taint, zoneName } from './build';

const labels = z.record(z.string(), z.string()).readonly();

/** Pods of the cluster's own services, as NetworkPolicies name them. */
const podsInNamespace = fields({ namespace: dnsLabel, podLabels: labels });

const worker = fields({
  name: dnsLabel,
  /** Address in the cluster's network: the kubelet's `node-ip`. Containers of kind get theirs from Docker. */
  address: ipAddress.optional(),
  /** Cores that the machine has. */
  cpu,
  /** Memory that the machine has. */
  memory: size,
  /** Failure domain: label `topology.kubernetes.io/zone`. */
  zone: zoneName,
  taints: z.array(taint).default([]).readonly(),
});

/** Facts of one cluster that environments and judges need. */
export const clusterSchema = fields({
  name: dnsLabel,
  /** Where clients reach the API: the highly available address, never one node's. */
  apiEndpoint: fields({ host, port }),
  /** Minor of Kubernetes that runs there: `1.36`. */
  kubernetes: z
    .string()
    .regex(/^1\.\d{2}$/, { error: ({ input }) => `${show(input)} is not a minor of Kubernetes such as 1.36` }),
  /** `seed`: a minor past its end of life, kept for those who come from it. */
  profile: z.enum(['supported', 'seed']).default('supported'),
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
  /** What makes a cluster of machines, and of which. */
  build: z.discriminatedUnion('by', [kubeadm, kindBuild]),
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
