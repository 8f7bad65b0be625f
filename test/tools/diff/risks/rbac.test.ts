import { add, drop, set } from '../edits';
import { type Case, expected, judgement } from '../world';

const ROLES: readonly Case[] = [
  [
    'a verb more',
    'Role/reader',
    add('rules.0.verbs', 'delete'),
    'rules[0].verbs[2]',
    'access: also allows delete pods, delete services',
  ],
  [
    'a rule more',
    'Role/reader',
    add('rules', { apiGroups: ['apps'], resources: ['deployments'], verbs: ['*'] }),
    'rules[1]',
    'access: also allows * deployments.apps',
  ],
  [
    'every object instead of one',
    'Role/reader',
    drop('rules.0.resourceNames'),
    'rules[0].resourceNames',
    'access: also allows get pods, get services, list pods and 1 more',
    set('rules.0.resourceNames', ['one']),
  ],
  [
    'a verb less',
    'Role/reader',
    ({ rules }) => {
      rules[0].verbs.pop();
    },
    'rules[0].verbs[1]',
    'safe: no longer allows list pods, list services',
  ],
  [
    'the same in two rules',
    'Role/reader',
    ({ rules }) => {
      rules[0].resources = ['pods'];
      rules.push({ apiGroups: [''], resources: ['services'], verbs: ['list', 'get'] });
    },
    'rules[1]',
    'safe: allows the same, in other words',
  ],
  [
    'what a wildcard held already',
    'Role/reader',
    add('rules', { apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['get'] }),
    'rules[1]',
    'safe: allows the same, in other words',
    set('rules.0', { apiGroups: ['*'], resources: ['*/scale'], verbs: ['*'] }),
  ],
  [
    'a path below one that was allowed',
    'ClusterRole/all',
    set('rules', [{ nonResourceURLs: ['/metrics/a'], verbs: ['get'] }]),
    'rules[0].nonResourceURLs[0]',
    'safe: no longer allows get /metrics/*',
    set('rules', [{ nonResourceURLs: ['/metrics/*'], verbs: ['get'] }]),
  ],
  [
    'other roles that it is made of',
    'ClusterRole/all',
    set('aggregationRule.clusterRoleSelectors.0.matchLabels', {}),
    'aggregationRule.clusterRoleSelectors[0].matchLabels.all',
    'access: is made of other roles than before',
  ],
  [
    'a role that takes it over',
    'ClusterRole/all',
    set('metadata.labels', { 'rbac.authorization.k8s.io/aggregate-to-edit': 'true' }),
    'metadata.labels',
    'access: another role takes its permissions over',
  ],
  [
    'a subject more',
    'RoleBinding/reader',
    add('subjects', { kind: 'User', name: 'eve' }),
    'subjects[User/eve]',
    'access: gives its role to User eve',
  ],
  [
    'a subject less',
    'RoleBinding/reader',
    set('subjects', []),
    'subjects[ServiceAccount/shop/chat]',
    'safe: takes its role from somebody',
  ],
];

describe('a role or a binding', () => {
  it.each(ROLES.map((entry) => [entry[0], entry] as const))('is judged: %s', (_, entry) => {
    expect(judgement(entry)).toEqual(expected(entry));
  });
});
