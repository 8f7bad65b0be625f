import { type MachineCluster, machinesOf, type Role } from '../../machines';
import { portsOf } from '../ports';
import type { AuthorizeSecurityGroupIngress, CreateSecurityGroup, IpPermission } from './cli';

export const createSecurityGroup = ({ name }: MachineCluster, role: Role): CreateSecurityGroup => ({
  GroupName: `${name}-${role}`,
  Description: `What ${role} machines of cluster ${name} let in`,
  TagSpecifications: [{ ResourceType: 'security-group', Tags: [{ Key: 'Name', Value: `${name}-${role}` }] }],
});

/** The same rows as the firewall of each machine, by role. */
export function ingressOf(cluster: MachineCluster, role: Role): AuthorizeSecurityGroupIngress {
  const rows = machinesOf(cluster)
    .filter((machine) => machine.role === role)
    .flatMap((machine) => portsOf(cluster, machine));
  const permissions = new Map<string, IpPermission>();
  for (const [protocol = '', ports = '', source = '', why = ''] of rows) {
    // Pods never show between machines: their packets travel inside VXLAN. vrrp is for pairs, which AWS has none of.
    if (protocol !== 'tcp' && protocol !== 'udp') continue;
    const key = `${protocol} ${ports}`;
    const [from = '', to = from] = ports.split('-');
    const { IpRanges } = permissions.get(key) ?? { IpRanges: [] };
    const range = { CidrIp: source.includes('/') ? source : `${source}/32`, Description: why };
    permissions.set(key, {
      IpProtocol: protocol,
      FromPort: Number(from),
      ToPort: Number(to),
      IpRanges: IpRanges.some(({ CidrIp }) => CidrIp === range.CidrIp) ? IpRanges : [...IpRanges, range],
    });
  }
  return { IpPermissions: [...permissions.values()] };
}
