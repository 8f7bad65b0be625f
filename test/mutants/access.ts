import { changes, having, type Mutant, without } from './mutant';

const rules = (rule: object) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  metadata: {},
  rules: [rule],
});
const policy = (spec: object) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: {}, spec });
const CHAT = { matchLabels: { 'app.kubernetes.io/name': 'chat' } };

/** Faults of who may do what, and who may talk to whom. */
export const accessMutants: readonly Mutant[] = [
  having(
    'rbac',
    'may do everything',
    'hardening/rbac-wildcards',
    rules({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }),
  ),
  having(
    'rbac',
    'reads Secrets',
    'hardening/rbac-secrets',
    rules({ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }),
  ),
  having(
    'rbac',
    'runs commands in pods',
    'hardening/rbac-exec',
    rules({ apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] }),
  ),
  having(
    'rbac',
    'gives itself roles',
    'hardening/rbac-escalation',
    rules({ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['escalate'] }),
  ),
  having(
    'rbac',
    'makes tokens of others',
    'hardening/rbac-escalation',
    rules({ apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] }),
  ),
  having('rbac', 'makes somebody a cluster administrator', 'hardening/rbac-bindings', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { namespace: undefined },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', name: 'deployer', namespace: 'chat' }],
  }),
  ...changes('rbac', [
    [
      'binds a role that is not there',
      'references/role-subjects',
      'RoleBinding/deployer',
      ['roleRef.name', 'deploier'],
    ],
    [
      'binds an account that is not there',
      'references/role-subjects',
      'RoleBinding/deployer',
      ['subjects.0.name', 'deploier'],
    ],
  ]),
  having(
    'network',
    'lets chat out to everywhere',
    'hardening/egress',
    policy({ podSelector: CHAT, policyTypes: ['Egress'], egress: [{}] }),
  ),
  having(
    'network',
    'lets chat out to every address',
    'hardening/egress',
    policy({ podSelector: CHAT, policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] }),
  ),
  having(
    'network',
    'opens redis to everybody',
    'traffic/declared-talks',
    policy({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'redis' } },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [{ port: 6379 }] }],
    }),
  ),
  ...changes('network', [
    [
      'opens a port that nobody declared',
      'traffic/declared-talks',
      'NetworkPolicy/chat',
      ['spec.ingress.0.ports.0', { port: 9090, protocol: 'TCP' }],
    ],
    ['opens every port', 'traffic/declared-talks', 'NetworkPolicy/chat', ['spec.ingress.0.ports']],
    [
      'opens to a whole namespace',
      'traffic/declared-talks',
      'NetworkPolicy/chat',
      ['spec.ingress.0.from.0.podSelector'],
    ],
    [
      'widens the addresses of clients',
      'traffic/declared-talks',
      'NetworkPolicy/hello',
      ['spec.ingress.0.from.0.ipBlock.cidr', '198.51.100.0/24'],
    ],
    ['closes a declared talk', 'traffic/declared-talks', 'NetworkPolicy/redis', ['spec.ingress', []]],
    ['forgets one direction', 'traffic/declared-talks', 'NetworkPolicy/chat', ['spec.egress', []]],
    ['denies nobody by default', 'traffic/default-deny', 'NetworkPolicy/deny-all', ['spec.policyTypes', ['Ingress']]],
  ]),
  without('network', 'NetworkPolicy/deny-all', 'traffic/default-deny'),
  ...changes('namespace', [
    [
      'enforces no profile',
      'hardening/pod-security',
      'Namespace/chat',
      ['metadata.labels.[pod-security.kubernetes.io/enforce]'],
    ],
    [
      'enforces a loose profile',
      'hardening/pod-security',
      'Namespace/chat',
      ['metadata.labels.[pod-security.kubernetes.io/enforce]', 'baseline'],
    ],
  ]),
  without('namespace', 'ResourceQuota/chat', 'hardening/fences'),
  without('namespace', 'LimitRange/chat', 'hardening/fences'),
];
