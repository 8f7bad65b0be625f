import { rulesAfter } from './hardened';

describe('hardening/rbac-bindings', () => {
  it.each(['cluster-admin', 'admin', 'edit'])('finds the built-in role %s', (name) => {
    expect(rulesAfter(({ the }) => Object.assign(the('RoleBinding').roleRef, { kind: 'ClusterRole', name }))).toEqual([
      'hardening/rbac-bindings',
    ]);
  });

  it('lets `view` pass, which reads no Secrets', () => {
    expect(
      rulesAfter(({ the }) => Object.assign(the('RoleBinding').roleRef, { kind: 'ClusterRole', name: 'view' })),
    ).toEqual([]);
  });

  it('lets a Role of ones own pass that is called `admin`', () => {
    expect(rulesAfter(({ the }) => Object.assign(the('RoleBinding').roleRef, { name: 'admin' }))).toEqual([]);
  });

  it.each([
    ['Group', 'system:masters'],
    ['Group', 'system:authenticated'],
    ['Group', 'system:unauthenticated'],
    ['User', 'system:anonymous'],
    ['Group', 'system:serviceaccounts'],
    ['Group', 'system:serviceaccounts:shop'],
    ['ServiceAccount', 'default'],
  ])('finds the %s %s', (kind, name) => {
    expect(rulesAfter(({ the }) => the('RoleBinding').subjects.push({ kind, name }))).toEqual([
      'hardening/rbac-bindings',
    ]);
  });

  it.each([
    ['Group', 'default'],
    ['Group', 'slipway:viewers'],
    ['User', 'system:kube-scheduler'],
    ['Group', 'my-system:masters'],
    ['Group', 'system:masters-of-the-shop'],
  ])('lets the %s %s pass', (kind, name) => {
    expect(rulesAfter(({ the }) => the('RoleBinding').subjects.push({ kind, name }))).toEqual([]);
  });

  it('judges bindings of the cluster too, and those without subjects', () => {
    const change = ({ the }: Parameters<Parameters<typeof rulesAfter>[0]>[0]) => {
      const binding = the('RoleBinding');
      Object.assign(binding, { kind: 'ClusterRoleBinding', roleRef: { kind: 'ClusterRole', name: 'cluster-admin' } });
      delete binding.subjects;
    };
    expect(rulesAfter(change)).toEqual(['hardening/rbac-bindings']);
  });
});
