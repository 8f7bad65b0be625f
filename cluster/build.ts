import * as z from 'zod';
import { cidr, cpu, dnsLabel, hostName, ipAddress, port, registry, size } from '../tools/parse/fields';
import { fields, show } from '../tools/parse/parse';

/** A label's value: it becomes `topology.kubernetes.io/zone`. */
export const zoneName = z.string().regex(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/, {
  error: ({ input }) => `${show(input)} is no zone: 1 to 63 letters, digits, "-", "_" and ".", as a label's value`,
});

export const taint = fields({
  key: z.string().min(1),
  value: z.string().default(''),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
});

/** A machine that balances and runs nothing of Kubernetes. */
const balancer = fields({
  name: dnsLabel,
  /** Address in the cluster's network. */
  address: ipAddress,
  cpu,
  memory: size,
});

const controlPlane = fields({
  name: dnsLabel,
  /** Address in the cluster's network: the kubelet's `node-ip`, the API server's advertised one. */
  address: ipAddress,
  cpu,
  memory: size,
  /** Failure domain: label `topology.kubernetes.io/zone`. */
  zone: zoneName,
  /** Kept apart from workloads unless the list says otherwise. */
  taints: z
    .array(taint)
    .default([{ key: 'node-role.kubernetes.io/control-plane', value: '', effect: 'NoSchedule' }])
    .readonly(),
});

const virtualRouterId = z.number().int().min(1).max(255);

/** How clients reach three API servers by one address. */
const balancing = z.discriminatedUnion('kind', [
  /** Two machines with HAProxy; keepalived holds the address on one of them. */
  fields({
    kind: z.literal('pair'),
    vip: ipAddress,
    /** VRRP's id, one for each pair in a network; without it, one is derived from the cluster's name. */
    virtualRouterId: virtualRouterId.optional(),
    machines: z.tuple([balancer, balancer]).readonly(),
  }),
  /** One machine with HAProxy: the cluster cannot be reached while it is away. */
  fields({ kind: z.literal('single'), machines: z.tuple([balancer]).readonly() }),
  /** HAProxy and keepalived on the control planes themselves, on a port of their own. */
  fields({
    kind: z.literal('control-planes'),
    vip: ipAddress,
    virtualRouterId: virtualRouterId.optional(),
  }),
  /** A network load balancer of the cloud, made by its administrator: dist/cluster/<name>/aws says how. */
  fields({ kind: z.literal('nlb') }),
]);

/** A registry that nodes trust beyond the public authorities, or reach by another way. */
const trustedRegistry = fields({
  /** As images name it, without path: `registry.lab.example.com:5000`. */
  host: registry.refine((host) => !host.includes('/'), {
    error: ({ input }) => `${show(input)} has a path; expected host and port, for trust is a host's`,
  }),
  /** File of its authority on the nodes; without it the system's authorities. */
  ca: z
    .string()
    .regex(/^\/[\w./-]+$/, { error: ({ input }) => `${show(input)} is not an absolute path on the nodes` })
    .optional(),
});

const vagrant = fields({
  /** Vagrant's name of the image, with the version that was tried. */
  box: z.string().min(1),
  /** `host-only`: seen by this machine alone. `bridged`: in the network of an interface of this machine. */
  network: z.discriminatedUnion('kind', [
    fields({ kind: z.literal('host-only') }),
    fields({ kind: z.literal('bridged'), interface: z.string().min(1) }),
  ]),
});

const aws = fields({
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: ({ input }) => `${show(input)} is not a region of AWS` }),
  /** Account that owns the registry; twelve digits. */
  account: z.string().regex(/^\d{12}$/, { error: ({ input }) => `${show(input)} is not an account: twelve digits` }),
  network: cidr,
  /** One subnet for each zone: its machines and the load balancer's targets. */
  subnets: z
    .array(fields({ zone: zoneName, cidr }))
    .min(1)
    .readonly(),
  /** Type of the machines, by role. */
  instances: fields({ controlPlane: z.string().min(1), worker: z.string().min(1) }),
  /** The kops variant of the same cluster: where its state lies, under which zone its names stand. */
  kops: fields({ stateBucket: z.string().min(3), dnsZone: hostName }),
});

const addons = fields({
  /** The network between pods. VXLAN works in every network; `none` needs nodes in one subnet. */
  cni: fields({ name: z.literal('calico'), encapsulation: z.enum(['VXLAN', 'None']).default('VXLAN') }),
  /** Usage of pods and nodes: `kubectl top`, autoscaling. */
  metricsServer: z.boolean().default(true),
  /** Volumes on the workers' disks. The cluster's own are static; this one makes them on demand. */
  localPathProvisioner: z.boolean().default(false),
});

/** Machines that kubeadm makes a cluster of, by `cluster/scripts`. */
export const kubeadm = fields({
  by: z.literal('kubeadm'),
  /** Interface that carries the cluster's addresses; Vagrant's first one is a NAT that is the same on every machine. */
  interface: z.string().regex(/^[a-z][a-z0-9.-]{0,14}$/, {
    error: ({ input }) => `${show(input)} is not an interface of Linux such as eth1`,
  }),
  controlPlanes: z.array(controlPlane).min(1).readonly(),
  balancing,
  addons,
  registries: z.array(trustedRegistry).default([]).readonly(),
  /** Machines made by Vagrant. */
  vagrant: vagrant.optional(),
  /** Machines on EC2: network, policies, images pulled by the kubelet's credential provider. */
  aws: aws.optional(),
});

/** Containers as nodes, made by kind. */
export const kindBuild = fields({
  by: z.literal('kind'),
  /** Ports of this machine that lead to the ingress controller: HTTP and HTTPS. */
  hostPorts: z.tuple([port, port]).default([80, 443]).readonly(),
});

export type Kubeadm = z.output<typeof kubeadm>;
export type KindBuild = z.output<typeof kindBuild>;
