import { namespaceOf } from '../../manifests/kinds';
import type { ManifestSet } from '../../manifests/manifest-set';
import type { PodTemplate } from '../../manifests/pods';
import type { Check } from '../check';
import { isWrong } from './settings';

/** The account that a pod runs as; `serviceAccount` is the field's old name, which the API server still reads. */
const accountOf = ({ spec }: PodTemplate): string => spec.serviceAccountName || spec.serviceAccount || 'default';

/** `namespace/name` of every ServiceAccount that a binding of the set gives rights to. */
function boundAccounts(set: ManifestSet): ReadonlySet<string> {
  const accounts = [...set.all('RoleBinding'), ...set.all('ClusterRoleBinding')].flatMap((binding) =>
    (binding.subjects ?? [])
      .filter(({ kind }) => kind === 'ServiceAccount')
      .map(({ namespace, name }) => `${namespace ?? namespaceOf(binding)}/${name}`),
  );
  return new Set(accounts);
}

export const token: Check = {
  id: 'hardening/token',
  what: 'Every pod says `automountServiceAccountToken: false`, unless a binding among the manifests gives its ServiceAccount rights. A token that a pod mounts by a projected volume of its own is no finding.',
  why: 'A token that nobody uses is still read by whoever reads the file, and is good for whatever the account is given later.',
  exempt: 'Pods whose account is bound elsewhere, by an operator say; name that binding.',
  judge: ({ set, report }) => {
    const bound = boundAccounts(set);
    for (const pod of set.pods) {
      const mounts = pod.spec.automountServiceAccountToken;
      const account = accountOf(pod);
      if (mounts === false || bound.has(`${pod.namespace}/${account}`)) continue;
      const right = `false: nothing here binds ServiceAccount ${account} to a role`;
      report(pod.owner, [...pod.path, 'spec', 'automountServiceAccountToken'], isWrong(mounts), right);
    }
  },
};

export const account: Check = {
  id: 'hardening/account',
  what: 'Every pod names a ServiceAccount of its own; none runs as `default`.',
  why: 'Pods that share an account share every right that one of them is given, and no audit log tells them apart.',
  exempt: 'Never; an account costs one object.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      if (accountOf(pod) !== 'default') continue;
      const field = [...pod.path, 'spec', 'serviceAccountName'];
      report(pod.owner, field, isWrong(pod.spec.serviceAccountName), "the name of the workload's own ServiceAccount");
    }
  },
};

export const serviceLinks: Check = {
  id: 'hardening/service-links',
  what: 'Every pod says `enableServiceLinks: false`.',
  why: "Without it kubelet writes every Service of the namespace into every container's environment: a map for an intruder, and names that collide with settings (REDIS_PORT).",
  exempt: 'Old programs that find their peers by those variables; name them.',
  judge: ({ set, report }) => {
    for (const { owner, spec, path } of set.pods) {
      if (spec.enableServiceLinks === false) continue;
      report(owner, [...path, 'spec', 'enableServiceLinks'], isWrong(spec.enableServiceLinks), 'false');
    }
  },
};
