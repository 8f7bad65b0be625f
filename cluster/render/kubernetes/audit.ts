/** https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/ */
interface AuditPolicy {
  readonly apiVersion: 'audit.k8s.io/v1';
  readonly kind: 'Policy';
  readonly omitStages: readonly 'RequestReceived'[];
  readonly rules: readonly AuditRule[];
}

/** The first rule that fits decides; a field that is not there fits everything. */
export interface AuditRule {
  readonly level: 'None' | 'Metadata' | 'Request';
  readonly users?: readonly string[];
  readonly userGroups?: readonly string[];
  readonly verbs?: readonly string[];
  readonly resources?: readonly { readonly group: string; readonly resources?: readonly string[] }[];
  readonly nonResourceURLs?: readonly string[];
}

const READS = ['get', 'list', 'watch'];

/** The system itself: what it reads and renews, it does all day. */
const COMPONENTS = {
  users: ['system:apiserver', 'system:kube-controller-manager', 'system:kube-scheduler'],
  userGroups: ['system:nodes', 'system:serviceaccounts:kube-system', 'system:serviceaccounts:calico-system'],
} as const;

/**
 * Who did what, small enough to be kept and read: metadata of everything that people and workloads do, bodies of
 * changes to rights alone. No body of a Secret, ConfigMap or token is ever written.
 */
export const auditPolicy: AuditPolicy = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  // Each request would stand there twice.
  omitStages: ['RequestReceived'],
  rules: [
    // Balancers ask every second.
    { level: 'None', nonResourceURLs: ['/healthz*', '/livez*', '/readyz*'] },
    // Whoever reads a Secret is told of, the system too: a stolen kubelet's certificate shows here first.
    { level: 'Metadata', resources: [{ group: '', resources: ['secrets'] }] },
    // Events are a log already.
    { level: 'None', resources: [{ group: '', resources: ['events'] }, { group: 'events.k8s.io' }] },
    ...componentRules({ level: 'None', verbs: READS }),
    ...componentRules({
      level: 'None',
      verbs: ['update', 'patch'],
      resources: [
        { group: 'coordination.k8s.io', resources: ['leases'] },
        { group: '', resources: ['nodes/status', 'pods/status'] },
      ],
    }),
    {
      level: 'Request',
      verbs: ['create', 'update', 'patch', 'delete', 'deletecollection'],
      resources: [{ group: 'rbac.authorization.k8s.io' }],
    },
    { level: 'Metadata' },
  ],
};

/** Users and groups of one rule are read as "and": components take one of each. */
function componentRules(rule: AuditRule): AuditRule[] {
  const { users, userGroups } = COMPONENTS;
  return [
    { ...rule, users },
    { ...rule, userGroups },
  ];
}
