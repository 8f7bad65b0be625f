import { environments } from '../../../charts/environments';
import { production } from '../../../charts/environments/production';
import { released } from '../../../charts/platform/access';
import { type Rendered, render } from '../../support/rendered';

const role = (name: string): Rendered => render(production).object('Role', name);
const may = (name: string, verb: string, group: string, resource: string): boolean =>
  role(name).rules.some(
    (rule: { apiGroups: string[]; resources: string[]; verbs: string[] }) =>
      rule.apiGroups.includes(group) && rule.resources.includes(resource) && rule.verbs.includes(verb),
  );
/** Plural of a kind, as the API spells it. */
const resourceOf = (kind: string): string => `${kind.toLowerCase().replace(/y$/, 'ie').replace(/s$/, 'se')}s`;
const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');

describe('the deployer', () => {
  it('may write exactly the kinds that releases hold', () => {
    const rendered = environments.flatMap((environment) =>
      Object.entries(render(environment).files)
        .filter(([path]) => path.startsWith('workloads/'))
        .flatMap(([, objects]) => objects),
    );
    const kinds = [
      ...new Set(rendered.map(({ apiVersion, kind }) => `${groupOf(apiVersion)}/${resourceOf(kind)}`)),
    ].sort();
    expect(
      Object.entries(released)
        .flatMap(([group, resources]) => resources.map((resource) => `${group}/${resource}`))
        .sort(),
    ).toEqual(kinds);
    for (const kind of kinds) {
      const [group = '', resource = ''] = kind.split('/');
      for (const verb of ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']) {
        expect([kind, verb, may('deployer', verb, group, resource)]).toEqual([kind, verb, true]);
      }
    }
  });

  it('keeps Helm’s releases, which are Secrets', () => {
    expect(
      ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'].every((verb) =>
        may('deployer', verb, '', 'secrets'),
      ),
    ).toBe(true);
  });

  it('holds the lease by which one release at a time is made', () => {
    expect(
      ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'].every((verb) =>
        may('deployer', verb, 'coordination.k8s.io', 'leases'),
      ),
    ).toBe(true);
  });

  it('may delete a pod that keeps its StatefulSet from going back, and make none', () => {
    expect(['delete', 'create', 'patch', 'update'].map((verb) => may('deployer', verb, '', 'pods'))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('sees what explains a failed release', () => {
    for (const [group, resource] of [
      ['', 'events'],
      ['', 'pods'],
      ['', 'pods/log'],
      ['apps', 'replicasets'],
      ['discovery.k8s.io', 'endpointslices'],
    ] as const) {
      expect([resource, may('deployer', 'list', group, resource)]).toEqual([resource, true]);
    }
  });

  it.each([
    ['create', '', 'pods'],
    ['create', '', 'pods/exec'],
    ['get', '', 'pods/exec'],
    ['create', '', 'pods/attach'],
    ['create', '', 'pods/portforward'],
    ['create', '', 'serviceaccounts/token'],
    ['create', '', 'persistentvolumeclaims'],
    ['patch', '', 'persistentvolumeclaims'],
    ['delete', '', 'persistentvolumeclaims'],
    ['patch', '', 'namespaces'],
    ['update', '', 'resourcequotas'],
    ['create', 'rbac.authorization.k8s.io', 'roles'],
    ['create', 'rbac.authorization.k8s.io', 'rolebindings'],
  ])('may not %s %s/%s', (verb, group, resource) => {
    expect(may('deployer', verb, group, resource)).toBe(false);
  });

  it('may look at its own namespace and at no other', () => {
    expect(role('deployer').rules).toContainEqual({
      apiGroups: [''],
      resources: ['namespaces'],
      resourceNames: ['chat'],
      verbs: ['get'],
    });
  });
});

describe('the viewer', () => {
  it('is whoever is in the environment’s group', () => {
    expect(render(production).object('RoleBinding', 'viewer')).toMatchObject({
      roleRef: { kind: 'Role', name: 'viewer' },
      subjects: [{ kind: 'Group', name: 'slipway:viewers', apiGroup: 'rbac.authorization.k8s.io' }],
    });
  });

  it('only looks', () => {
    expect(
      role('viewer')
        .rules.flatMap((rule: { verbs: string[] }) => rule.verbs)
        .filter((verb: string) => !['get', 'list', 'watch'].includes(verb)),
    ).toEqual([]);
    expect(may('viewer', 'list', 'apps', 'deployments')).toBe(true);
    expect(may('viewer', 'get', '', 'pods/log')).toBe(true);
  });

  it('sees no Secret', () => {
    expect(may('viewer', 'get', '', 'secrets')).toBe(false);
  });

  it('cannot hold a release up: leases are not its business', () => {
    expect(may('viewer', 'get', 'coordination.k8s.io', 'leases')).toBe(false);
  });
});

describe.each(['deployer', 'viewer'])('the role of the %s', (name) => {
  it('has no wildcard and no way to more: escalate, bind, impersonate', () => {
    const words = role(name).rules.flatMap((rule: { apiGroups: string[]; resources: string[]; verbs: string[] }) => [
      ...rule.apiGroups,
      ...rule.resources,
      ...rule.verbs,
    ]);
    expect(words.filter((word: string) => ['*', 'escalate', 'bind', 'impersonate'].includes(word))).toEqual([]);
  });
});

describe('access', () => {
  it('is the same in every environment: what one cluster was asked holds for all', () => {
    const roles = environments.map((environment) =>
      render(environment)
        .objects.filter(({ kind }) => /^Role/.test(kind))
        .map(({ kind, metadata: { name }, rules, roleRef, subjects }) => ({ kind, name, rules, roleRef, subjects })),
    );
    expect(roles).toEqual(environments.map(() => roles[0]));
  });
});

describe('accounts', () => {
  it('bind the deployer in its namespace, without a token in any pod', () => {
    const rendered = render(production);
    expect(rendered.object('ServiceAccount', 'deployer').automountServiceAccountToken).toBe(false);
    expect(rendered.object('RoleBinding', 'deployer')).toMatchObject({
      metadata: { namespace: 'chat' },
      roleRef: { kind: 'Role', name: 'deployer' },
      subjects: [{ kind: 'ServiceAccount', name: 'deployer', namespace: 'chat' }],
    });
  });

  it('reach nothing beyond their namespace', () => {
    expect(
      environments
        .flatMap((environment) => render(environment).objects)
        .filter(({ kind }) => kind.startsWith('Cluster')),
    ).toEqual([]);
  });
});
