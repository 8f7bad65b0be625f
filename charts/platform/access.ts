import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Environment } from '../environments/schema';
import { platformLabels } from '../lib/naming';

const EVERYTHING = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
const LOOK = ['get', 'list', 'watch'];

/** Kinds that `workloads/` may hold, by API group: what a release writes. A test holds it against what is rendered. */
export const released: Readonly<Record<string, readonly string[]>> = {
  '': ['configmaps', 'serviceaccounts', 'services'],
  apps: ['deployments', 'statefulsets'],
  autoscaling: ['horizontalpodautoscalers'],
  'networking.k8s.io': ['ingresses', 'networkpolicies'],
  policy: ['poddisruptionbudgets'],
};

/** What a release watches while it waits, and what explains a failure afterwards. */
const observed: Readonly<Record<string, readonly string[]>> = {
  '': ['events', 'limitranges', 'persistentvolumeclaims', 'pods', 'pods/log', 'resourcequotas'],
  apps: ['controllerrevisions', 'replicasets'],
  'discovery.k8s.io': ['endpointslices'],
};

/**
 * Who may do what in the namespace. `deployer` releases: it writes what `workloads/` holds, Secrets, in which Helm keeps
 * its releases, and Leases. It enters no pod and writes no claim: data is the administrator's. `viewer` looks at everything but Secrets. Neither reaches beyond the namespace.
 */
export function access(chart: Chart, environment: Environment): void {
  const { namespace, viewers } = environment;
  const metadata = (name: string) => ({ name, namespace, labels: platformLabels('access') });

  new k8s.KubeServiceAccount(chart, 'deployer', {
    metadata: metadata('deployer'),
    automountServiceAccountToken: false,
  });
  new k8s.KubeRole(chart, 'deployer-role', {
    metadata: metadata('deployer'),
    rules: [
      ...rules(released, EVERYTHING),
      { apiGroups: [''], resources: ['secrets'], verbs: EVERYTHING },
      // Who releases holds one, so that nobody else does meanwhile.
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: EVERYTHING },
      ...rules(observed, LOOK),
      // A StatefulSet replaces a broken pod by no other way (Kubernetes calls it a forced rollback). Its claim stays.
      { apiGroups: [''], resources: ['pods'], verbs: ['delete'] },
      // Its own namespace only: whether it exists and carries its Pod Security labels.
      { apiGroups: [''], resources: ['namespaces'], resourceNames: [namespace], verbs: ['get'] },
    ],
  });
  bind(chart, metadata('deployer'), { kind: 'ServiceAccount', name: 'deployer', namespace });

  new k8s.KubeRole(chart, 'viewer-role', {
    metadata: metadata('viewer'),
    rules: [...rules(released, LOOK), ...rules(observed, LOOK)],
  });
  bind(chart, metadata('viewer'), { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: viewers });
}

function bind(chart: Chart, metadata: k8s.ObjectMeta, subject: k8s.Subject): void {
  new k8s.KubeRoleBinding(chart, `${metadata.name}-binding`, {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name ?? '' },
    subjects: [subject],
  });
}

const rules = (kinds: Readonly<Record<string, readonly string[]>>, verbs: string[]): k8s.PolicyRule[] =>
  Object.entries(kinds).map(
    ([group, resources]): k8s.PolicyRule => ({ apiGroups: [group], resources: [...resources], verbs }),
  );
