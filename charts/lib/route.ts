import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import ipaddr from 'ipaddr.js';
import * as z from 'zod';
import { dnsLabel, hostName, ipAddress, port } from '../../tools/parse/fields';
import { fields, nearest, Refused } from '../../tools/parse/parse';
import type { Environment } from '../environments/schema';
import type { Entrance, SecretKey } from '../environments/workload';
import { affinity, affinityAnnotations } from './affinity';
import { selectorLabels } from './naming';

/** A client's connections from one address go to one pod. Behind NAT, all users of an office share that pod. */
const clientIpAffinity = z.boolean().default(false);

/** How a web application is reached from outside its environment. */
export const exposure = z.discriminatedUnion('via', [
  /** Only workloads that declare a call reach it. */
  fields({ via: z.literal('internal'), clientIpAffinity }),
  /** A fixed port on every node, for the environment's `clients`. */
  fields({ via: z.literal('nodePort'), port, clientIpAffinity }),
  /** An address of its own out of MetalLB's pool, for the environment's `clients`. */
  fields({ via: z.literal('loadBalancer'), address: ipAddress, clientIpAffinity }),
  /** A host name on the cluster's ingress controller. */
  fields({
    via: z.literal('ingress'),
    host: hostName,
    /** Default: the only class that the cluster provides. */
    class: dnsLabel.optional(),
    affinity,
    /** Secret of type `kubernetes.io/tls`; without it the host speaks plain HTTP. */
    tlsSecret: dnsLabel.optional(),
  }),
]);

export type Exposure = z.output<typeof exposure>;

/** Port of every web application's Service. */
const SERVICE_PORT = 80;

/** Who comes in by an exposure. */
export function entrancesOf(exposure: Exposure, port: number): Entrance[] {
  switch (exposure.via) {
    case 'internal':
      return [];
    case 'ingress':
      return [{ from: 'ingress controller', port }];
    default:
      return [{ from: 'clients', port }];
  }
}

/** Secrets that an exposure needs. The ingress controller reads them, not the pod. */
export function exposureSecrets(exposure: Exposure): SecretKey[] {
  if (exposure.via !== 'ingress' || !exposure.tlsSecret) return [];
  const { tlsSecret: secret } = exposure;
  return ['tls.crt', 'tls.key'].map((key) => ({
    secret,
    key,
    type: 'kubernetes.io/tls',
    reader: 'ingress controller',
  }));
}

/** Service of a web application, and its Ingress where there is one. */
export function renderRoute(
  chart: Chart,
  { namespace, cluster }: Environment,
  name: string,
  exposure: Exposure,
  labels: Record<string, string>,
): void {
  new k8s.KubeService(chart, 'service', {
    metadata: { name, namespace, labels, annotations: serviceAnnotations(exposure) },
    spec: {
      type: { internal: 'ClusterIP', ingress: 'ClusterIP', nodePort: 'NodePort', loadBalancer: 'LoadBalancer' }[
        exposure.via
      ],
      selector: selectorLabels(name),
      ports: [
        {
          name: 'http',
          port: SERVICE_PORT,
          targetPort: k8s.IntOrString.fromString('http'),
          protocol: 'TCP',
          nodePort: exposure.via === 'nodePort' ? exposure.port : undefined,
        },
      ],
      sessionAffinity: exposure.via !== 'ingress' && exposure.clientIpAffinity ? 'ClientIP' : undefined,
    },
  });
  if (exposure.via !== 'ingress') return;
  const { host, tlsSecret } = exposure;
  new k8s.KubeIngress(chart, 'ingress', {
    metadata: { name, namespace, labels, annotations: affinityAnnotations(exposure.affinity, 'Ingress') },
    spec: {
      ingressClassName: exposure.class ?? cluster.provides.ingressClasses[0],
      tls: tlsSecret ? [{ hosts: [host], secretName: tlsSecret }] : undefined,
      rules: [
        {
          host,
          http: {
            paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { name: 'http' } } } }],
          },
        },
      ],
    },
  });
}

/**
 * Holds an exposure against the cluster that it lands on.
 * @param where the environment's field: `production.chat.expose`.
 * @throws Refused with a line for everything that the cluster would ignore or reject.
 */
export function checkExposure({ cluster }: Environment, exposure: Exposure, where: string): void {
  const facts = `cluster/specs/${cluster.name}.ts`;
  const faults: string[] = [];
  if (exposure.via === 'nodePort') {
    const [first, last] = cluster.nodePortRange;
    if (exposure.port < first || exposure.port > last) {
      faults.push(
        `${where}.port: ${exposure.port} is outside ${first}–${last}, the range kube-apiserver hands out (${facts}: nodePortRange)`,
      );
    }
  }
  if (exposure.via === 'loadBalancer' && !(cluster.metallbPool && contains(cluster.metallbPool, exposure.address))) {
    const pool = cluster.metallbPool ?? 'nothing';
    faults.push(`${where}.address: "${exposure.address}" is not in MetalLB's pool, ${pool} (${facts}: metallbPool)`);
  }
  if (exposure.via === 'ingress') {
    const { ingressClasses } = cluster.provides;
    const { strategy } = exposure.affinity;
    if (!cluster.ingressController) {
      faults.push(
        `${where}.via: "ingress" needs an ingress controller, and the cluster has none (${facts}: ingressController)`,
      );
    } else if (strategy !== 'none' && strategy !== cluster.ingressController.implementation) {
      faults.push(
        `${where}.affinity.strategy: "${strategy}" is not what the cluster's controller reads; expected \`${cluster.ingressController.implementation}\` or \`none\` (${facts}: ingressController)`,
      );
    }
    if (exposure.class !== undefined && !ingressClasses.includes(exposure.class)) {
      faults.push(
        `${where}.class: the cluster has no IngressClass "${exposure.class}"; ${nearest(exposure.class, ingressClasses)} (${facts}: provides)`,
      );
    }
    if (exposure.class === undefined && ingressClasses.length !== 1) {
      faults.push(
        `${where}.class: is missing, and the cluster provides ${ingressClasses.length} classes; expected one of them (${facts}: provides)`,
      );
    }
  }
  if (faults.length > 0) throw new Refused(faults);
}

function serviceAnnotations(exposure: Exposure): Record<string, string> {
  if (exposure.via === 'loadBalancer') return { 'metallb.io/loadBalancerIPs': exposure.address };
  return exposure.via === 'ingress' ? affinityAnnotations(exposure.affinity, 'Service') : {};
}

function contains(network: string, address: string): boolean {
  const range = ipaddr.parseCIDR(network);
  const candidate = ipaddr.parse(address);
  return candidate.kind() === range[0].kind() && candidate.match(range);
}
