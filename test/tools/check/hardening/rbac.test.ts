import { type Change, rulesAfter } from './hardened';

const RBAC = 'rbac.authorization.k8s.io';

const granting =
  (rule: object): Change =>
  ({ the }) =>
    the('Role').rules.push(rule);
const rulesOf = (apiGroup: string, resource: string, verb: string) =>
  rulesAfter(granting({ apiGroups: [apiGroup], resources: [resource], verbs: [verb] }));

describe('hardening/rbac-wildcards', () => {
  it.each([
    ['verbs', { apiGroups: [''], resources: ['configmaps'], verbs: ['*'] }],
    ['API groups', { apiGroups: ['*'], resources: ['widgets'], verbs: ['get'] }],
    ['resources', { apiGroups: ['example.com'], resources: ['*'], verbs: ['get'] }],
    ['parts of resources', { apiGroups: ['apps'], resources: ['*/scale'], verbs: ['get'] }],
    ['URLs', { nonResourceURLs: ['*'], verbs: ['get'] }],
    ['URLs from the root', { nonResourceURLs: ['/*'], verbs: ['get'] }],
  ])('finds one for %s', (_, rule) => {
    expect(rulesAfter(granting(rule))).toEqual(['hardening/rbac-wildcards']);
  });

  it('lets a folder of URLs pass', () => {
    expect(rulesAfter(granting({ nonResourceURLs: ['/healthz/*'], verbs: ['get'] }))).toEqual([]);
  });

  it('is judged as all that it grants as well', () => {
    expect(new Set(rulesAfter(granting({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] })))).toEqual(
      new Set([
        'hardening/rbac-wildcards',
        'hardening/rbac-escalation',
        'hardening/rbac-exec',
        'hardening/rbac-secrets',
      ]),
    );
  });
});

describe('hardening/rbac-escalation', () => {
  it.each([
    [RBAC, 'roles', 'escalate'],
    [RBAC, 'clusterroles', 'bind'],
    ['', 'users', 'impersonate'],
    ...['create', 'update', 'patch', 'delete', 'deletecollection'].map((verb) => [RBAC, 'roles', verb]),
    ...['rolebindings', 'clusterroles', 'clusterrolebindings'].map((resource) => [RBAC, resource, 'create']),
    ['', 'serviceaccounts/token', 'create'],
    ['certificates.k8s.io', 'certificatesigningrequests/approval', 'update'],
    ['certificates.k8s.io', 'certificatesigningrequests/approval', 'patch'],
    ['certificates.k8s.io', 'signers', 'approve'],
    ['certificates.k8s.io', 'signers', 'sign'],
    ['admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'create'],
    ['admissionregistration.k8s.io', 'validatingwebhookconfigurations', 'delete'],
    ['admissionregistration.k8s.io', 'mutatingadmissionpolicies', 'patch'],
    ['admissionregistration.k8s.io', 'validatingadmissionpolicies', 'update'],
    ...['create', 'update', 'patch'].map((verb) => ['', 'namespaces', verb]),
    ['', 'persistentvolumes', 'create'],
  ])('finds %s %s %s', (group, resource, verb) => {
    expect(rulesOf(group as string, resource as string, verb as string)).toEqual(['hardening/rbac-escalation']);
  });

  it.each([
    [RBAC, 'roles', 'get'],
    ['', 'serviceaccounts', 'create'],
    ['certificates.k8s.io', 'certificatesigningrequests', 'create'],
    ['', 'namespaces', 'get'],
    ['', 'namespaces', 'delete'],
    ['', 'persistentvolumeclaims', 'create'],
    ['example.com', 'roles', 'create'],
  ])('lets %s %s %s pass', (group, resource, verb) => {
    expect(rulesOf(group, resource, verb)).toEqual([]);
  });

  it('sees through a wildcard of verbs', () => {
    expect(rulesOf(RBAC, 'roles', '*')).toEqual(['hardening/rbac-wildcards', 'hardening/rbac-escalation']);
  });
});

describe('hardening/rbac-exec', () => {
  it.each([
    'pods/exec',
    'pods/attach',
    'pods/portforward',
    'pods/proxy',
    'pods/ephemeralcontainers',
    'services/proxy',
    'nodes/proxy',
  ])('finds %s', (resource) => {
    expect(rulesOf('', resource, 'get')).toEqual(['hardening/rbac-exec']);
  });

  it('lets logs pass', () => {
    expect(rulesOf('', 'pods/log', 'get')).toEqual([]);
  });

  it('sees through a wildcard of resources', () => {
    expect(rulesOf('', '*/exec', 'create')).toEqual(['hardening/rbac-wildcards', 'hardening/rbac-exec']);
  });
});

describe('hardening/rbac-secrets', () => {
  it.each(['get', 'list', 'watch', 'create', 'delete'])('finds %s', (verb) => {
    expect(rulesOf('', 'secrets', verb)).toEqual(['hardening/rbac-secrets']);
  });

  it('finds them in a ClusterRole', () => {
    const change: Change = ({ the }) => {
      const role = the('Role');
      Object.assign(role, { kind: 'ClusterRole' });
      role.rules[0].resources = ['secrets'];
    };
    expect(rulesAfter(change)).toEqual(['hardening/rbac-secrets']);
  });

  it('lets secrets of another API pass', () => {
    expect(rulesOf('example.com', 'secrets', 'get')).toEqual([]);
  });

  it('lets a role without rules pass: another may be added to it', () => {
    expect(rulesAfter(({ the }) => delete the('Role').rules)).toEqual([]);
  });
});
