import { API_SERVER_PORT, type MachineCluster } from '../../machines';
import type { CreateListener, CreateLoadBalancer, CreateTargetGroup, ModifyAttributes, RegisterTargets } from './cli';

/** How a network load balancer learns that an API server is not ready; an API server that ends goes on serving for as long. */
export const NLB_CHECK = { intervalSeconds: 10, unhealthyThreshold: 2 } as const;

/** In no more than one network, and never on the internet. The subnets of its own are given by option. */
export const createLoadBalancer = ({ name }: MachineCluster): CreateLoadBalancer => ({
  Name: `${name}-api`,
  Type: 'network',
  Scheme: 'internal',
  IpAddressType: 'ipv4',
  Tags: [{ Key: 'Name', Value: `${name}-api` }],
});

/** One API server may be the last: it serves every zone. */
export const loadBalancerAttributes: ModifyAttributes = {
  Attributes: [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }],
};

/** Targets by address, checked by readiness and not by a mere connection: an API server that hangs still accepts those. */
export const createTargetGroup = ({ name }: MachineCluster): CreateTargetGroup => ({
  Name: `${name}-api`,
  Protocol: 'TCP',
  Port: API_SERVER_PORT,
  TargetType: 'ip',
  HealthCheckProtocol: 'HTTPS',
  HealthCheckPort: 'traffic-port',
  HealthCheckPath: '/readyz',
  HealthCheckIntervalSeconds: NLB_CHECK.intervalSeconds,
  HealthCheckTimeoutSeconds: 5,
  HealthyThresholdCount: 2,
  UnhealthyThresholdCount: NLB_CHECK.unhealthyThreshold,
  Matcher: { HttpCode: '200' },
  Tags: [{ Key: 'Name', Value: `${name}-api` }],
});

export const targetGroupAttributes: ModifyAttributes = {
  Attributes: [
    // A control plane that reaches itself by the balancer would answer past it: its own address stood in the packet.
    { Key: 'preserve_client_ip.enabled', Value: 'false' },
    // Clients of a server that is out are told so, instead of waiting for an answer.
    { Key: 'target_health_state.unhealthy.connection_termination.enabled', Value: 'true' },
  ],
};

export const registerTargets = ({ build }: MachineCluster): RegisterTargets => ({
  Targets: build.controlPlanes.map(({ address }) => ({ Id: address, Port: API_SERVER_PORT })),
});

export const createListener = ({ apiEndpoint }: MachineCluster): CreateListener => ({
  Protocol: 'TCP',
  Port: apiEndpoint.port,
});

/** The longest that AWS allows: `kubectl exec` and watches are silent for long. By default it is 350 s. */
export const listenerAttributes: ModifyAttributes = {
  Attributes: [{ Key: 'tcp.idle_timeout.seconds', Value: '6000' }],
};
