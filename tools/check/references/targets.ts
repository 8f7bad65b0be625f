import { GROUPS, groupOf, type Kind, namespaceOf } from '../../manifests/kinds';
import { containersOf, valueAt } from '../../manifests/pods';
import { oneOf } from '../../parse/parse';
import type { Check, Subject } from '../check';

/** Whether a set renders what a reference of group, kind and name means; a kind that is not read is taken on trust. */
export function isRendered(
  { set }: Subject,
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
): boolean {
  if (GROUPS[kind as Kind] !== groupOf(apiVersion)) return true;
  return set.find(kind as Kind, namespace, name) !== undefined;
}

export const scalerTargetExists: Check = {
  id: 'references/scaler-target',
  what: 'Every HorizontalPodAutoscaler scales a rendered workload that leaves its replicas to it.',
  why: 'An autoscaler of nothing does nothing; one beside fixed replicas is reset by every release.',
  exempt: 'A custom resource with a scale subresource; the reason names its operator.',
  judge: (subject) => {
    for (const scaler of subject.set.all('HorizontalPodAutoscaler')) {
      const target = scaler.spec?.scaleTargetRef;
      if (!target) continue;
      const path = ['spec', 'scaleTargetRef'];
      const { kind, name, apiVersion = 'apps/v1' } = target;
      if (!isRendered(subject, apiVersion, kind, namespaceOf(scaler), name)) {
        const known = subject.set.pods.map(({ owner }) => `${owner.kind} ${owner.metadata.name}`);
        subject.report(
          scaler,
          path,
          `${kind} ${name} is not rendered`,
          known.length > 0 ? oneOf(known) : 'a rendered workload',
        );
        continue;
      }
      const workload = subject.set.find(kind as Kind, namespaceOf(scaler), name);
      if (valueAt(workload, ['spec', 'replicas']) === undefined || !workload) continue;
      subject.report(
        workload,
        ['spec', 'replicas'],
        `is fixed beside the autoscaler ${scaler.metadata.name}`,
        'no such field',
      );
    }
  },
};

export const rolesAndSubjects: Check = {
  id: 'references/role-subjects',
  what: 'A binding names a role and accounts that are rendered.',
  why: 'The API server takes a binding of nothing; whoever comes later under that name has its rights.',
  exempt: 'An account of another release; the reason names it.',
  judge: (subject) => {
    const { set, report } = subject;
    for (const binding of [...set.all('RoleBinding'), ...set.all('ClusterRoleBinding')]) {
      const namespace = namespaceOf(binding);
      const { kind, name } = binding.roleRef;
      const role = kind === 'ClusterRole' ? set.find('ClusterRole', '', name) : set.find('Role', namespace, name);
      const builtIn = kind === 'ClusterRole' && (BUILT_IN_ROLES.includes(name) || name.startsWith('system:'));
      if (!role && !builtIn) report(binding, ['roleRef', 'name'], `${kind} ${name} is not rendered`, 'a rendered role');
      for (const [index, subject] of (binding.subjects ?? []).entries()) {
        if (subject.kind !== 'ServiceAccount') continue;
        const path = ['subjects', index, subject.namespace === undefined ? 'kind' : 'name'];
        if (subject.namespace === undefined) {
          report(binding, path, 'a ServiceAccount without its namespace is refused', 'the namespace of the account');
        } else if (subject.name !== 'default' && !set.find('ServiceAccount', subject.namespace, subject.name)) {
          const known = set.all('ServiceAccount').map(({ metadata }) => metadata.name);
          const right = known.length > 0 ? oneOf(known) : 'a rendered ServiceAccount';
          report(binding, path, `${subject.namespace}/${subject.name} is no rendered ServiceAccount`, right);
        }
      }
    }
  },
};

const BUILT_IN_ROLES = ['admin', 'cluster-admin', 'edit', 'view'];

export const mountsNameVolumes: Check = {
  id: 'references/mounts',
  what: 'Every mount names a volume of its pod, no path twice; every volume is mounted.',
  why: 'The API server refuses the first two; the third was forgotten somewhere.',
  exempt: 'Never.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      const { owner, path, spec } = pod;
      const claims = (valueAt(owner, ['spec', 'volumeClaimTemplates']) ?? []) as { metadata?: { name?: string } }[];
      const volumes = (spec.volumes ?? []).map(({ name }) => name);
      const known = [...volumes, ...claims.map(({ metadata }) => metadata?.name ?? '')];
      const mounted = new Set<string>();
      for (const { container, path: at } of containersOf(pod)) {
        const paths = new Set<string>();
        for (const [index, { name, mountPath }] of (container.volumeMounts ?? []).entries()) {
          mounted.add(name);
          const right = known.length > 0 ? oneOf(known) : 'a volume of the pod, which has none';
          if (!known.includes(name))
            report(owner, [...at, 'volumeMounts', index, 'name'], `${name} is no volume of the pod`, right);
          if (paths.has(mountPath))
            report(
              owner,
              [...at, 'volumeMounts', index, 'mountPath'],
              `${mountPath} is mounted twice`,
              'a path of its own for each mount',
            );
          paths.add(mountPath);
        }
        for (const { name } of container.volumeDevices ?? []) mounted.add(name);
      }
      for (const [index, name] of volumes.entries()) {
        if (!mounted.has(name))
          report(
            owner,
            [...path, 'spec', 'volumes', index, 'name'],
            `${name} is mounted by no container`,
            'a mount, or no such volume',
          );
      }
    }
  },
};
