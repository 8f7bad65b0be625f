import type { Kubeadm } from '../../build';

type Aws = NonNullable<Kubeadm['aws']>;

/** A document of IAM: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: 'Allow';
    readonly Principal?: { readonly Service: string };
    readonly Action: readonly string[];
    readonly Resource?: string;
  }[];
}

/** Who may have the machines' role: EC2 itself, for its instances. */
export const trustOfInstances: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Instances',
      Effect: 'Allow',
      Principal: { Service: 'ec2.amazonaws.com' },
      Action: ['sts:AssumeRole'],
    },
  ],
};

/** What the kubelet's credential provider needs to pull, and nothing else; AWS's PullOnly policy for one account. */
export const pullImages = ({ region, account }: Aws): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'SignIn',
      Effect: 'Allow',
      Action: ['ecr:GetAuthorizationToken'],
      // It belongs to no repository: IAM takes nothing narrower.
      Resource: '*',
    },
    {
      Sid: 'Pull',
      Effect: 'Allow',
      Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: `arn:${partitionOf(region)}:ecr:${region}:${account}:repository/*`,
    },
  ],
});

/** AWS's worlds apart have ARNs of their own: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
