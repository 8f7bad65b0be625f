import type { Cluster } from '../schema';
import { covers, holds, overlap } from './cidr';

/** Faults of what stands on EC2: subnets outside their network, machines outside their zone's subnet. */
export function* awsFaults(where: string, { build, cidrs, workers }: Cluster): Generator<string> {
  if (build.by !== 'kubeadm' || !build.aws) return;
  const { network, subnets } = build.aws;
  for (const [index, { cidr }] of subnets.entries()) {
    const field = `${where}.build.aws.subnets.${index}.cidr`;
    if (!covers(network, cidr)) yield `${field}: ${cidr} is no part of build.aws.network ${network}`;
    if (!cidrs.nodes.some((range) => covers(range, cidr))) {
      yield `${field}: ${cidr} is in no range of cidrs.nodes; expected one of ${cidrs.nodes.join(', ')}`;
    }
    for (const other of subnets.slice(0, index)) {
      if (overlap(other.cidr, cidr)) yield `${field}: ${cidr} overlaps ${other.cidr} of zone ${other.zone}`;
    }
  }
  for (const range of [...cidrs.pods, ...cidrs.services]) {
    if (overlap(range, network)) yield `${where}.build.aws.network: ${network} overlaps ${range}`;
  }
  const lists = { 'build.controlPlanes': build.controlPlanes, workers };
  for (const [list, machines] of Object.entries(lists)) {
    for (const [index, { address, zone }] of machines.entries()) {
      const subnet = subnets.find((subnet) => subnet.zone === zone);
      if (!subnet) {
        yield `${where}.${list}.${index}.zone: "${zone}" has no subnet; expected one of ${subnets.map((one) => one.zone).join(', ')}`;
      } else if (address && !holds(subnet.cidr, address)) {
        yield `${where}.${list}.${index}.address: ${address} lies outside ${subnet.cidr}, the subnet of ${zone}`;
      }
    }
  }
}
