/**
 * What is used of the AWS command line's `--cli-input-json`, call by call: https://docs.aws.amazon.com/cli/latest/reference/
 * Ids that AWS hands out, such as a VPC's, are given as options beside it: those add to the file.
 */
interface Tag {
  readonly Key: string;
  readonly Value: string;
}

interface TagSpecification {
  readonly ResourceType: 'security-group' | 'instance' | 'volume';
  readonly Tags: readonly Tag[];
}

/** `aws ec2 create-security-group` */
export interface CreateSecurityGroup {
  readonly GroupName: string;
  readonly Description: string;
  readonly TagSpecifications: readonly TagSpecification[];
}

export interface IpPermission {
  readonly IpProtocol: 'tcp' | 'udp';
  readonly FromPort: number;
  readonly ToPort: number;
  readonly IpRanges: readonly { readonly CidrIp: string; readonly Description: string }[];
}

/** `aws ec2 authorize-security-group-ingress` */
export interface AuthorizeSecurityGroupIngress {
  readonly IpPermissions: readonly IpPermission[];
}

/** `aws ec2 run-instances` */
export interface RunInstances {
  readonly InstanceType: string;
  readonly MinCount: 1;
  readonly MaxCount: 1;
  readonly PrivateIpAddress: string;
  readonly IamInstanceProfile: { readonly Name: string };
  readonly MetadataOptions: {
    readonly HttpEndpoint: 'enabled';
    readonly HttpTokens: 'required';
    readonly HttpPutResponseHopLimit: number;
  };
  readonly TagSpecifications: readonly TagSpecification[];
}

/** `aws elbv2 create-load-balancer` */
export interface CreateLoadBalancer {
  readonly Name: string;
  readonly Type: 'network';
  readonly Scheme: 'internal';
  readonly IpAddressType: 'ipv4';
  readonly Tags: readonly Tag[];
}

/** `aws elbv2 create-target-group`; times in seconds. */
export interface CreateTargetGroup {
  readonly Name: string;
  readonly Protocol: 'TCP';
  readonly Port: number;
  readonly TargetType: 'ip';
  readonly HealthCheckProtocol: 'HTTPS';
  readonly HealthCheckPort: 'traffic-port';
  readonly HealthCheckPath: string;
  readonly HealthCheckIntervalSeconds: number;
  readonly HealthCheckTimeoutSeconds: number;
  readonly HealthyThresholdCount: number;
  readonly UnhealthyThresholdCount: number;
  readonly Matcher: { readonly HttpCode: string };
  readonly Tags: readonly Tag[];
}

/** `aws elbv2 modify-load-balancer-attributes`, `modify-target-group-attributes` and `modify-listener-attributes` */
export interface ModifyAttributes {
  readonly Attributes: readonly Tag[];
}

/** `aws elbv2 register-targets` */
export interface RegisterTargets {
  readonly Targets: readonly { readonly Id: string; readonly Port: number }[];
}

/** `aws elbv2 create-listener` */
export interface CreateListener {
  readonly Protocol: 'TCP';
  readonly Port: number;
}
