import { API_SERVER_PORT, balancersOf, type Machine, type MachineCluster } from '../machines';

const ANYONE = '0.0.0.0/0';

/**
 * What a machine's firewall lets in: protocol, ports, source, why.
 * Sources: https://kubernetes.io/docs/reference/networking/ports-and-protocols/, Calico's network requirements, MetalLB's.
 */
export function portsOf(cluster: MachineCluster, machine: Machine): string[][] {
  const { cidrs, build, metallbPool, nodePortRange } = cluster;
  const within = (protocol: string, ports: string, why: string) =>
    cidrs.nodes.map((source) => [protocol, ports, source, why]);
  const balances = balancersOf(cluster).some(({ name }) => name === machine.name);
  const peers = balancersOf(cluster).filter(({ name }) => name !== machine.name);
  const apart = cluster.apiEndpoint.port !== API_SERVER_PORT || machine.role === 'balancer';
  return [
    ...(balances && apart ? [['tcp', String(cluster.apiEndpoint.port), ANYONE, 'the API, balanced']] : []),
    ...(balances && 'vip' in build.balancing
      ? peers.map(({ address }) => ['vrrp', '-', address, 'keepalived: who holds the address'])
      : []),
    ...(machine.role === 'control-plane'
      ? [
          ...[...cidrs.nodes, ...cidrs.pods, ...cidrs.snat].map((source) => [
            'tcp',
            String(API_SERVER_PORT),
            source,
            'the API server',
          ]),
          ...build.controlPlanes.map(({ address }) => ['tcp', '2379-2380', address, 'etcd: clients and members']),
        ]
      : []),
    ...(machine.role === 'balancer'
      ? []
      : [
          ...within('tcp', '10250', 'the kubelet: logs, exec, metrics'),
          ...(build.addons.cni.encapsulation === 'VXLAN'
            ? within('udp', '4789', 'Calico: pods of other nodes, in VXLAN')
            : within('tcp', '179', 'Calico: routes to pods of other nodes, by BGP')),
          ...within('tcp', '5473', 'Calico: Typha'),
          ...cidrs.pods.map((source) => ['all', '-', source, 'pods reach their own node']),
          ...(metallbPool
            ? [...within('tcp', '7946', 'MetalLB: its members'), ...within('udp', '7946', 'MetalLB: its members')]
            : []),
        ]),
    ...(machine.role === 'worker' ? [['tcp', nodePortRange.join('-'), ANYONE, 'Services of type NodePort']] : []),
  ];
}
