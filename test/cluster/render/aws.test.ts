import { type MachineCluster, machinesOf } from '../../../cluster/machines';
import { aws } from '../../../cluster/render/aws';
import type {
  AuthorizeSecurityGroupIngress,
  CreateTargetGroup,
  ModifyAttributes,
  RunInstances,
} from '../../../cluster/render/aws/cli';
import type { PolicyDocument } from '../../../cluster/render/aws/policies';
import { portsOf } from '../../../cluster/render/ports';
import type { Cluster } from '../../../cluster/spec';
import { clusters } from '../../../cluster/specs';
import { production } from '../../../cluster/specs/production';

/** Files by the path below aws/, read as the AWS command line reads them. */
const callsOf = (cluster: Cluster = production): Record<string, unknown> =>
  Object.fromEntries(
    aws(cluster).map(({ path, content }) => [path.replace(/^aws\/|\.json$/g, ''), JSON.parse(content)]),
  );

const call = <Call>(path: string, cluster?: Cluster) => callsOf(cluster)[path] as Call;

/** Production with other facts about AWS. */
function inRegion(region: string): Cluster {
  if (production.build.by !== 'kubeadm' || !production.build.aws) throw new Error('production is not on AWS');
  return { ...production, build: { ...production.build, aws: { ...production.build.aws, region } } };
}

describe('security groups', () => {
  /** `tcp 6443 192.0.2.0/24` for every rule of a role. */
  const allowed = (role: string) =>
    call<AuthorizeSecurityGroupIngress>(
      `security-groups/${role}/authorize-security-group-ingress`,
    ).IpPermissions.flatMap(({ IpProtocol, FromPort, ToPort, IpRanges }) =>
      IpRanges.map(({ CidrIp }) => `${IpProtocol} ${FromPort}-${ToPort} ${CidrIp}`),
    );

  it.each(['control-plane', 'worker'])('of a %s let in what its firewall lets in, and no more', (role) => {
    const cluster = production as MachineCluster;
    const rows = machinesOf(cluster)
      .filter((machine) => machine.role === role)
      .flatMap((machine) => portsOf(cluster, machine))
      .filter(([protocol]) => protocol !== 'all')
      .map(([protocol, ports = '', source = '']) => {
        const range = ports.includes('-') ? ports : `${ports}-${ports}`;
        return `${protocol} ${range} ${source.includes('/') ? source : `${source}/32`}`;
      });
    expect(allowed(role).sort()).toEqual([...new Set(rows)].sort());
  });

  it('let the network load balancer reach the API servers', () => {
    expect(allowed('control-plane')).toContain('tcp 6443-6443 198.51.100.128/28');
  });

  it('say why, in letters that AWS takes', () => {
    const letters = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/;
    for (const role of ['control-plane', 'worker']) {
      const { IpPermissions } = call<AuthorizeSecurityGroupIngress>(
        `security-groups/${role}/authorize-security-group-ingress`,
      );
      for (const { Description } of IpPermissions.flatMap(({ IpRanges }) => IpRanges))
        expect(Description).toMatch(letters);
    }
  });
});

describe('the network load balancer', () => {
  it('takes out an API server that is not ready', () => {
    expect(call<CreateTargetGroup>('load-balancer/create-target-group')).toMatchObject({
      Protocol: 'TCP',
      Port: 6443,
      TargetType: 'ip',
      HealthCheckProtocol: 'HTTPS',
      HealthCheckPath: '/readyz',
      HealthCheckIntervalSeconds: 10,
      UnhealthyThresholdCount: 2,
      Matcher: { HttpCode: '200' },
    });
  });

  it.each([
    ['load-balancer', 'load_balancing.cross_zone.enabled', 'true'],
    ['target-group', 'preserve_client_ip.enabled', 'false'],
    ['target-group', 'target_health_state.unhealthy.connection_termination.enabled', 'true'],
    ['listener', 'tcp.idle_timeout.seconds', '6000'],
  ])('has the attribute of its %s: %s', (part, Key, Value) => {
    const { Attributes } = call<ModifyAttributes>(`load-balancer/modify-${part}-attributes`);
    expect(Attributes).toContainEqual({ Key, Value });
  });

  it('is inside the network, on the port of the API', () => {
    expect(call('load-balancer/create-load-balancer')).toMatchObject({ Type: 'network', Scheme: 'internal' });
    expect(call('load-balancer/create-listener')).toEqual({ Protocol: 'TCP', Port: 6443 });
  });

  it('has every control plane as a target', () => {
    expect(call('load-balancer/register-targets')).toEqual({
      Targets: ['198.51.100.20', '198.51.100.52', '198.51.100.84'].map((Id) => ({ Id, Port: 6443 })),
    });
  });

  it('is there for clusters that it balances alone', () => {
    if (production.build.by !== 'kubeadm') throw new Error('production is not made of machines');
    const single = {
      kind: 'single' as const,
      machines: [{ name: 'balancer', address: '198.51.100.30', cpu: '1', memory: '1Gi' }] as const,
    };
    const paths = Object.keys(callsOf({ ...production, build: { ...production.build, balancing: single } }));
    expect(paths.filter((path) => path.startsWith('load-balancer/'))).toEqual([]);
    expect(paths).toContain('security-groups/balancer/authorize-security-group-ingress');
  });
});

describe('policies', () => {
  const documents = ['trust', 'control-plane', 'worker'].map((name) => call<PolicyDocument>(`iam/${name}`));

  it('allow no action by a wildcard', () => {
    const actions = documents.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it.each(['control-plane', 'worker'])(
    'let a %s pull images of its own account and region, and nothing else',
    (role) => {
      expect(call<PolicyDocument>(`iam/${role}`).Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual([
        [['ecr:GetAuthorizationToken'], '*'],
        [['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], 'arn:aws:ecr:eu-central-1:123456789012:repository/*'],
      ]);
    },
  );

  it.each([
    ['cn-north-1', 'arn:aws-cn:ecr:cn-north-1:'],
    ['us-gov-west-1', 'arn:aws-us-gov:ecr:us-gov-west-1:'],
  ])('name repositories of %s as AWS names them there', (region, expected) => {
    const [, pull] = call<PolicyDocument>('iam/worker', inRegion(region)).Statement;
    expect(pull?.Resource).toContain(expected);
  });

  it('give the role to instances alone', () => {
    expect(call<PolicyDocument>('iam/trust').Statement).toEqual([
      expect.objectContaining({ Principal: { Service: 'ec2.amazonaws.com' }, Action: ['sts:AssumeRole'] }),
    ]);
  });
});

describe('instances', () => {
  it('are the machines of the specification, with the type and profile of their role', () => {
    const started = Object.entries(callsOf())
      .filter(([path]) => path.startsWith('instances/'))
      .map(([path, started]) => {
        const { PrivateIpAddress, InstanceType, IamInstanceProfile } = started as RunInstances;
        return [path.split('/')[1], PrivateIpAddress, InstanceType, IamInstanceProfile.Name];
      });
    expect(started).toEqual([
      ['control-plane-a', '198.51.100.20', 'm6i.large', 'production-control-plane'],
      ['control-plane-b', '198.51.100.52', 'm6i.large', 'production-control-plane'],
      ['control-plane-c', '198.51.100.84', 'm6i.large', 'production-control-plane'],
      ['worker-a', '198.51.100.8', 'm6i.xlarge', 'production-worker'],
      ['worker-b', '198.51.100.40', 'm6i.xlarge', 'production-worker'],
      ['worker-c', '198.51.100.72', 'm6i.xlarge', 'production-worker'],
    ]);
  });

  it('give their role to no pod', () => {
    for (const [path, started] of Object.entries(callsOf())) {
      if (!path.startsWith('instances/')) continue;
      expect((started as RunInstances).MetadataOptions).toEqual({
        HttpEndpoint: 'enabled',
        HttpTokens: 'required',
        HttpPutResponseHopLimit: 1,
      });
    }
  });
});

it('files for AWS are there for clusters on AWS alone', () => {
  expect(clusters.filter((cluster) => aws(cluster).length > 0).map(({ name }) => name)).toEqual(['production']);
});
