import { show } from '../../parse/parse';
import type { Check } from '../check';

/** Roles that every cluster brings, and that read Secrets or more. */
const BUILT_IN_ROLES = ['cluster-admin', 'admin', 'edit'];

/** Groups that hold everybody, or nearly; and the one that no authorizer is asked about. */
const EVERYBODY = /^system:(masters|anonymous|unauthenticated|authenticated|serviceaccounts(:.*)?)$/;

export const bindings: Check = {
  id: 'hardening/rbac-bindings',
  what: 'No binding gives a built-in role that reads Secrets (cluster-admin, admin, edit), and none gives anything to everybody: system:masters, system:authenticated, all accounts of a namespace, an account `default`.',
  why: 'Those roles grow with the cluster; those subjects hold whoever comes next.',
  exempt: 'Discovery that must be public; name what can be read, and by whom.',
  judge: ({ set, report }) => {
    for (const binding of [...set.all('RoleBinding'), ...set.all('ClusterRoleBinding')]) {
      const { kind, name } = binding.roleRef;
      if (kind === 'ClusterRole' && BUILT_IN_ROLES.includes(name)) {
        report(binding, ['roleRef', 'name'], `is ${show(name)}`, 'a role that lists what is needed');
      }
      for (const [index, subject] of (binding.subjects ?? []).entries()) {
        const isShared = subject.kind === 'ServiceAccount' ? subject.name === 'default' : EVERYBODY.test(subject.name);
        if (!isShared) continue;
        report(
          binding,
          ['subjects', index, 'name'],
          `is ${show(subject.name)}, which is not one subject`,
          'an account, a user or a group of people',
        );
      }
    }
  },
};
