import type { Cluster } from '../schema';

/** Faults of what is installed into a cluster of machines. */
export function* addonFaults(where: string, { build, ingressController, provides }: Cluster): Generator<string> {
  if (build.by !== 'kubeadm' || !ingressController) return;
  if (ingressController.implementation === 'ingress-nginx') {
    yield `${where}.ingressController.implementation: "ingress-nginx" gets no fixes since March 2026; expected \`haproxytech\` or \`traefik\``;
  }
  if (provides.ingressClasses.length !== 1) {
    yield `${where}.provides.ingressClasses: [${provides.ingressClasses.join(', ')}] is not one name; expected that of ingressController's class`;
  }
}
