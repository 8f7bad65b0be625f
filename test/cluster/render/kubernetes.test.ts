import { addons } from '../../../cluster/render/addons';
import { kubeadm } from '../../../cluster/render/kubeadm';
import { kubernetes } from '../../../cluster/render/kubernetes';
import { type AuditRule, auditPolicy } from '../../../cluster/render/kubernetes/audit';
import { kind } from '../../../cluster/specs/kind';
import { lab } from '../../../cluster/specs/lab';
import { production } from '../../../cluster/specs/production';
import { contentOf, documentsOf, labBuilt, pathsOf } from '../../support/machine-clusters';

describe('what API servers read', () => {
  it('lies on control planes alone', () => {
    const machines = pathsOf(kubernetes, lab).map((path) => path.split('/')[1]);
    expect([...new Set(machines)]).toEqual(['control-plane-1', 'control-plane-2', 'control-plane-3']);
  });

  it('is nothing in a cluster of kind', () => {
    expect(kubernetes(kind)).toEqual([]);
  });

  it('holds no key', () => {
    expect(pathsOf(kubernetes, lab).filter((path) => path.includes('encryption'))).toEqual([]);
  });
});

describe('a namespace without labels', () => {
  const podSecurity = (cluster = lab) =>
    documentsOf(kubernetes, cluster, 'nodes/control-plane-1/root/etc/kubernetes/admission/configuration.yaml')[0]
      .plugins[0];

  it('gets no privileged pods, and a word about what is less than restricted', () => {
    expect(podSecurity()).toMatchObject({
      name: 'PodSecurity',
      configuration: {
        defaults: {
          enforce: 'baseline',
          'enforce-version': 'v1.36',
          audit: 'restricted',
          'audit-version': 'v1.36',
          warn: 'restricted',
          'warn-version': 'v1.36',
        },
      },
    });
  });

  it("is left alone only where it is the system's or an add-on's that needs the machine", () => {
    const always = ['kube-system', 'tigera-operator', 'calico-system'];
    const exempt = (cluster = lab) => podSecurity(cluster).configuration.exemptions.namespaces;
    expect(exempt()).toEqual([...always, 'metallb-system']);
    expect(exempt(labBuilt({ addons: { cni: { name: 'calico' }, localPathProvisioner: true } }))).toEqual([
      ...always,
      'metallb-system',
      'local-path-storage',
    ]);
  });

  it('is not that of the ingress controller, which needs no more than others', () => {
    expect(contentOf(addons, lab, 'addons/manifests.tsv')).toContain('haproxy-controller');
    expect(podSecurity().configuration.exemptions.namespaces).not.toContain('haproxy-controller');
  });
});

describe('credentials for images', () => {
  const path = 'nodes/worker-a/root/etc/kubernetes/credential-provider/config.yaml';
  const provider = documentsOf(kubernetes, production, path)[0].providers[0];

  it("are asked for the account's registry in its region, and for no other image", () => {
    expect(provider).toMatchObject({
      name: 'ecr-credential-provider',
      apiVersion: 'credentialprovider.kubelet.k8s.io/v1',
      matchImages: ['123456789012.dkr.ecr.eu-central-1.amazonaws.com'],
    });
  });

  it('are there on every node that runs pods, where its kubelet looks', () => {
    const nodes = pathsOf(kubernetes, production).filter((one) => one.includes('credential-provider'));
    expect(nodes).toHaveLength(6);
    const { kubeletExtraArgs } = documentsOf(kubeadm, production, 'nodes/worker-a/kubeadm.yaml')[0].nodeRegistration;
    expect(path).toContain(
      kubeletExtraArgs.find(({ name }: { name: string }) => name === 'image-credential-provider-config').value,
    );
  });
});

interface Request {
  readonly user: string;
  readonly groups?: readonly string[];
  readonly verb?: string;
  readonly group?: string;
  readonly resource?: string;
  readonly url?: string;
}

/** The level of the first rule that fits, as kube-apiserver chooses it (k8s.io/apiserver, audit/policy/checker.go). */
function levelOf({ user, groups = [], verb = 'get', group = '', resource, url }: Request): string {
  const among = (list: readonly string[] | undefined, values: readonly string[]) =>
    list === undefined || values.some((value) => list.includes(value));
  const fits = (rule: AuditRule) =>
    among(rule.users, [user]) &&
    among(rule.userGroups, groups) &&
    among(rule.verbs, [verb]) &&
    (rule.nonResourceURLs === undefined ||
      rule.nonResourceURLs.some((one) => url?.startsWith(one.replace(/\*$/, '')))) &&
    (rule.resources === undefined ||
      rule.resources.some((one) => resource !== undefined && one.group === group && among(one.resources, [resource])));
  return auditPolicy.rules.find(fits)?.level ?? 'None';
}

describe('the audit log', () => {
  const person = { user: 'jane', groups: ['system:authenticated'] };
  const kubelet = { user: 'system:node:worker-1', groups: ['system:nodes', 'system:authenticated'] };
  const scheduler = { user: 'system:kube-scheduler' };
  const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

  it.each([
    ['', 'secrets'],
    ['', 'configmaps'],
    ['', 'serviceaccounts/token'],
    ['authentication.k8s.io', 'tokenreviews'],
  ])('never has a body of %s %s, whoever does what', (group, resource) => {
    for (const who of [person, kubelet, scheduler]) {
      for (const verb of verbs) expect(['None', 'Metadata']).toContain(levelOf({ ...who, verb, group, resource }));
    }
  });

  it('has every touch of a Secret, the system’s too: a stolen kubelet shows there first', () => {
    for (const who of [person, kubelet, scheduler]) {
      for (const verb of verbs) expect(levelOf({ ...who, verb, resource: 'secrets' })).toBe('Metadata');
    }
  });

  it('has what people read and write, and commands that they run in pods', () => {
    expect(levelOf({ ...person, verb: 'list', resource: 'pods' })).toBe('Metadata');
    expect(levelOf({ ...person, verb: 'create', resource: 'pods/exec' })).toBe('Metadata');
    expect(levelOf({ ...person, verb: 'delete', group: 'apps', resource: 'deployments' })).toBe('Metadata');
  });

  it('has the body of changes to rights, for names alone do not say what was granted', () => {
    const rights = { group: 'rbac.authorization.k8s.io', resource: 'clusterrolebindings' };
    expect(levelOf({ ...person, verb: 'create', ...rights })).toBe('Request');
    expect(levelOf({ ...person, verb: 'get', ...rights })).toBe('Metadata');
  });

  it('has what the system changes', () => {
    expect(levelOf({ ...kubelet, verb: 'delete', resource: 'pods' })).toBe('Metadata');
    expect(levelOf({ ...scheduler, verb: 'create', resource: 'pods/binding' })).toBe('Metadata');
  });

  it.each([
    ['watches of kubelets', { ...kubelet, verb: 'watch', resource: 'pods' }],
    ['reads of components', { ...scheduler, verb: 'list', resource: 'nodes' }],
    ['heartbeats', { ...kubelet, verb: 'update', group: 'coordination.k8s.io', resource: 'leases' }],
    ['states of pods', { ...kubelet, verb: 'patch', resource: 'pods/status' }],
    ['events', { ...kubelet, verb: 'create', resource: 'events' }],
    ['events of the newer group', { ...person, verb: 'create', group: 'events.k8s.io', resource: 'events' }],
    ['checks of balancers', { user: 'system:anonymous', groups: ['system:unauthenticated'], url: '/readyz?verbose' }],
  ])('has no %s', (_, request) => {
    expect(levelOf(request)).toBe('None');
  });

  it('has each request once', () => {
    expect(auditPolicy.omitStages).toEqual(['RequestReceived']);
  });
});
