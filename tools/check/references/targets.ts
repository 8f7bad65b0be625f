import { GROUPS, groupOf, type Kind, namespaceOf } from '../../manifests/kinds';
import type { ManifestSet } from '../../manifests/manifest-set';
import { containersOf, valueAt } from '../../manifests/pods';
import { oneOf, show } from '../../parse/parse';
import type { Check } from '../check';
import { meant } from './meant';
import { BUILT_IN } from './objects';

/** Kinds that an autoscaler can scale. */
const SCALABLE = [
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
] as const satisfies readonly Kind[];

export const scalerTargetExists: Check = {
  id: 'references/scaler-target',
  what: 'Every HorizontalPodAutoscaler scales a rendered workload that leaves its replicas to it.',
  why: 'An autoscaler of nothing does nothing; one beside fixed replicas is reset by every release.',
  exempt: 'A workload that somebody else makes, which the reason names.',
  judge: ({ set, report }) => {
    for (const scaler of set.all('HorizontalPodAutoscaler')) {
      const target = scaler.spec?.scaleTargetRef;
      // A custom resource may have a scale of its own.
      if (!target || isCustom(target.apiVersion ?? '')) continue;
      const path = ['spec', 'scaleTargetRef'];
      const namespace = namespaceOf(scaler);
      const kind = SCALABLE.find((each) => each === target.kind);
      const workload = kind && set.find(kind, namespace, target.name);
      if (!workload) {
        const known = SCALABLE.flatMap((each) => set.namesOf(each, namespace).map((known) => `${each} ${known}`));
        const name = `${target.kind} ${target.name}`;
        report(scaler, path, `${name} is not rendered`, meant(name, known, 'a rendered workload of its namespace'));
      } else if (groupOf(target.apiVersion ?? '') !== groupOf(workload.apiVersion)) {
        const wrong = target.apiVersion === undefined ? 'is missing' : `${target.apiVersion} has no ${target.kind}`;
        report(scaler, [...path, 'apiVersion'], wrong, `\`${workload.apiVersion}\``);
      } else if (valueAt(workload, ['spec', 'replicas']) !== undefined) {
        const wrong = `is fixed beside the autoscaler ${scaler.metadata.name}`;
        report(workload, ['spec', 'replicas'], wrong, 'no such field');
      }
    }
  },
};

const isCustom = (apiVersion: string): boolean => !Object.values(GROUPS).includes(groupOf(apiVersion));

export const rolesAndSubjects: Check = {
  id: 'references/role-subjects',
  what: 'A binding names a role and accounts that are rendered.',
  why: 'The API server takes a binding of nothing; whoever comes later under that name has its rights.',
  exempt: 'An account of another release; the reason names it.',
  judge: ({ set, report }) => {
    for (const binding of [...set.all('RoleBinding'), ...set.all('ClusterRoleBinding')]) {
      const { kind, name } = binding.roleRef;
      const namespace = namespaceOf(binding);
      if (kind !== 'Role' && kind !== 'ClusterRole') {
        report(binding, ['roleRef', 'kind'], `is ${show(kind)}`, oneOf(['ClusterRole', 'Role']));
      } else if (!isRole(set, kind, namespace, name)) {
        const known = set.namesOf(kind, kind === 'Role' ? namespace : '');
        report(
          binding,
          ['roleRef', 'name'],
          `${name} is no rendered ${kind}`,
          meant(name, known, `a rendered ${kind}`),
        );
      }
      for (const [index, subject] of (binding.subjects ?? []).entries()) {
        if (subject.kind !== 'ServiceAccount') continue;
        if (subject.namespace === undefined) {
          const wrong = `is missing; ${subject.name} could be anybody's`;
          report(binding, ['subjects', index, 'namespace'], wrong, 'the namespace of the account');
        } else if (!isAccount(set, subject.namespace, subject.name)) {
          const wrong = `${subject.namespace}/${subject.name} is no rendered ServiceAccount`;
          const known = set.namesOf('ServiceAccount', subject.namespace);
          report(binding, ['subjects', index, 'name'], wrong, meant(subject.name, known, 'a rendered ServiceAccount'));
        }
      }
    }
  },
};

const isRole = (set: ManifestSet, kind: 'Role' | 'ClusterRole', namespace: string, name: string): boolean =>
  kind === 'Role'
    ? set.find('Role', namespace, name) !== undefined
    : name.startsWith('system:') ||
      BUILT_IN.ClusterRole?.includes(name) === true ||
      set.find('ClusterRole', '', name) !== undefined;

const isAccount = (set: ManifestSet, namespace: string, name: string): boolean =>
  BUILT_IN.ServiceAccount?.includes(name) === true || set.find('ServiceAccount', namespace, name) !== undefined;

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
        for (const field of ['volumeMounts', 'volumeDevices'] as const) {
          for (const [index, { name }] of (container[field] ?? []).entries()) {
            mounted.add(name);
            if (known.includes(name)) continue;
            const right = meant(name, known, 'a volume of the pod');
            report(owner, [...at, field, index, 'name'], `${name} is no volume of the pod`, right);
          }
        }
        for (const [index, { mountPath }] of (container.volumeMounts ?? []).entries()) {
          if (paths.has(mountPath))
            report(
              owner,
              [...at, 'volumeMounts', index, 'mountPath'],
              `${mountPath} is mounted twice`,
              'a path of its own for each mount',
            );
          paths.add(mountPath);
        }
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
