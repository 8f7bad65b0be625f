/** What accounts may do. Source: Kubernetes, "Role Based Access Control Good Practices" (privilege escalation risks). */
import type { PolicyRule } from 'kubernetes-types/rbac/v1';
import type { ManifestSet } from '../../manifests/manifest-set';
import type { Path } from '../../manifests/yaml';
import { show } from '../../parse/parse';
import type { Manifest } from '../../render/order';
import type { Check } from '../check';

interface LocatedRule {
  readonly role: Manifest;
  readonly rule: PolicyRule;
  readonly path: Path;
}

const rulesOf = (set: ManifestSet): LocatedRule[] =>
  [...set.all('Role'), ...set.all('ClusterRole')].flatMap((role) =>
    (role.rules ?? []).map((rule, index) => ({ role, rule, path: ['rules', index] })),
  );

const LISTS = ['apiGroups', 'resources', 'verbs', 'nonResourceURLs'] as const;

export const wildcards: Check = {
  id: 'hardening/rbac-wildcards',
  what: 'No role holds a wildcard: not for verbs, resources, API groups or URLs.',
  why: 'A wildcard grants what does not exist yet: the next custom resource, the next verb.',
  exempt: 'Cluster administration tools only; say why a list of kinds will not do.',
  judge: ({ set, report }) => {
    for (const { role, rule, path } of rulesOf(set)) {
      for (const list of LISTS) {
        for (const [index, value] of (rule[list] ?? []).entries()) {
          // `/healthz/*` is a folder of URLs; `*` and `*/scale` are everything of a kind.
          if (!/^\/?\*/.test(value)) continue;
          report(role, [...path, list, index], `is ${show(value)}`, 'the names that are needed');
        }
      }
    }
  },
};

const WRITES = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** Rights by which an account gives itself more. */
const POWERS: readonly { group: string; resources: readonly string[]; verbs: readonly string[]; power: string }[] = [
  {
    group: 'rbac.authorization.k8s.io',
    resources: ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'],
    verbs: WRITES,
    power: 'changes who may do what',
  },
  { group: '', resources: ['serviceaccounts/token'], verbs: ['create'], power: 'makes tokens of other accounts' },
  {
    group: 'certificates.k8s.io',
    resources: ['certificatesigningrequests/approval', 'signers'],
    verbs: ['update', 'patch', 'approve', 'sign'],
    power: 'issues certificates of any user',
  },
  {
    group: 'admissionregistration.k8s.io',
    resources: [
      'mutatingwebhookconfigurations',
      'validatingwebhookconfigurations',
      'mutatingadmissionpolicies',
      'validatingadmissionpolicies',
    ],
    verbs: WRITES,
    power: 'reads and changes every object on its way in',
  },
  {
    group: '',
    resources: ['namespaces'],
    verbs: ['create', 'update', 'patch'],
    power: 'changes the Pod Security labels of namespaces',
  },
  { group: '', resources: ['persistentvolumes'], verbs: ['create'], power: 'mounts any path of any node' },
];

const FORBIDDEN_VERBS = ['escalate', 'bind', 'impersonate'];

export const escalation: Check = {
  id: 'hardening/rbac-escalation',
  what: 'No role holds a right to give itself more: escalate, bind, impersonate; writing roles, bindings, namespaces, admission webhooks or volumes; making tokens; approving certificates.',
  why: 'Such an account is a cluster administrator who has not asked yet.',
  exempt:
    'Tools that manage access, an operator say; name the rights and who may change the tool. Creating pods is not judged: a pod can use every account and Secret of its namespace.',
  judge: ({ set, report }) => {
    for (const { role, rule, path } of rulesOf(set)) {
      for (const [index, verb] of rule.verbs.entries()) {
        if (FORBIDDEN_VERBS.includes(verb))
          report(role, [...path, 'verbs', index], `is ${show(verb)}`, 'verbs that read or write');
      }
      for (const { group, resources, verbs, power } of POWERS) {
        if (!grants(rule, group, resources) || !verbs.some((verb) => holds(rule.verbs, verb))) continue;
        report(
          role,
          [...path, 'verbs'],
          `${power} (${resources.filter((one) => grants(rule, group, [one])).join(', ')})`,
          'get, list, watch, or no such rule',
        );
      }
    }
  },
};

const INSIDE = [
  'pods/exec',
  'pods/attach',
  'pods/portforward',
  'pods/proxy',
  'pods/ephemeralcontainers',
  'services/proxy',
  'nodes/proxy',
];

export const exec: Check = {
  id: 'hardening/rbac-exec',
  what: 'No role reaches into running pods or kubelets: exec, attach, port-forward, proxy, ephemeral containers.',
  why: 'Whoever may run a command in a pod has its Secrets and its network. Any verb counts: before Kubernetes 1.35, exec over WebSockets was a get.',
  exempt: 'Roles of people who are on call; say who holds them, and that they are bound for a time only.',
  judge: ({ set, report }) => {
    for (const { role, rule, path } of rulesOf(set)) {
      const reached = INSIDE.filter((resource) => grants(rule, '', [resource]));
      if (reached.length > 0)
        report(role, [...path, 'resources'], `reaches ${reached.join(', ')}`, 'no such resources');
    }
  },
};

export const secretAccess: Check = {
  id: 'hardening/rbac-secrets',
  what: 'No role reads or writes Secrets.',
  why: 'list and watch return contents as get does; whoever writes a Secret decides who a workload believes it talks to.',
  exempt:
    'Whatever releases, where it keeps its history in Secrets (Helm), and operators that make credentials; say which Secrets, and why no `resourceNames` narrow the rule.',
  judge: ({ set, report }) => {
    for (const { role, rule, path } of rulesOf(set)) {
      if (!grants(rule, '', ['secrets'])) continue;
      report(
        role,
        [...path, 'resources'],
        `reaches Secrets (${rule.verbs.join(', ')})`,
        'no rule for secrets: pods get theirs from kubelet',
      );
    }
  },
};

/** Whether a rule names one of these resources; a wildcard names them all. */
const grants = ({ apiGroups = [], resources = [] }: PolicyRule, group: string, wanted: readonly string[]): boolean =>
  holds(apiGroups, group) &&
  wanted.some((resource) => holds(resources, resource) || resources.includes(resource.replace(/.+\//, '*/')));

const holds = (list: readonly string[], value: string): boolean => list.includes(value) || list.includes('*');
