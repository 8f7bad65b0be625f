import { environments } from '../../../charts/environments';
import { kind } from '../../../charts/environments/kind';
import { render, sampleEnvironment } from '../../support/rendered';
import { sampleApp } from '../../support/web';

const pods = environments.flatMap((environment) =>
  render(environment).pods.map((pod) => ({ ...pod, title: `${environment.name}/${pod.name}` })),
);

describe.each(pods)('the pod of $title', ({ name, template }) => {
  const { spec } = template;
  const [container] = spec.containers;

  it('runs as a user above 10000, in pod and container, so that no account of the node is its own', () => {
    const user = {
      runAsNonRoot: true,
      runAsUser: 10001,
      runAsGroup: 10001,
      seccompProfile: { type: 'RuntimeDefault' },
    };
    expect(spec.securityContext).toMatchObject({ ...user, fsGroup: 10001, fsGroupChangePolicy: 'OnRootMismatch' });
    expect(container.securityContext).toMatchObject(user);
  });

  it('cannot gain privileges', () => {
    expect(container.securityContext).toMatchObject({
      privileged: false,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
  });

  it('writes only where it declared to, and never without a limit', () => {
    expect(container.securityContext.readOnlyRootFilesystem).toBe(true);
    for (const volume of spec.volumes.filter((volume: { emptyDir?: unknown }) => volume.emptyDir)) {
      expect(volume.emptyDir.sizeLimit).toMatch(/^\d+Mi$/);
    }
  });

  it('mounts every volume that it has, and has every volume that it mounts', () => {
    const claims = name === 'redis' || name === 'mysql' ? ['data'] : [];
    expect([...spec.volumes.map((volume: { name: string }) => volume.name), ...claims].sort()).toEqual(
      container.volumeMounts.map((mount: { name: string }) => mount.name).sort(),
    );
  });

  it('holds no token of the API and an account of its own', () => {
    expect(spec).toMatchObject({ serviceAccountName: name, automountServiceAccountToken: false });
  });

  it('does not learn its neighbours from variables, and asks DNS once for a full name', () => {
    expect(spec.enableServiceLinks).toBe(false);
    expect(spec.dnsConfig.options).toEqual([{ name: 'ndots', value: '2' }]);
  });

  it('says what it needs and the most it may take: CPU, memory, ephemeral storage', () => {
    const resources = ['cpu', 'ephemeral-storage', 'memory'];
    expect(Object.keys(container.resources.requests).sort()).toEqual(resources);
    expect(Object.keys(container.resources.limits).sort()).toEqual(resources);
  });

  it('is asked in different ways whether it lives and whether it is ready', () => {
    expect(container.startupProbe).toBeDefined();
    expect(container.readinessProbe).toBeDefined();
    const { httpGet, tcpSocket } = container.livenessProbe;
    expect(httpGet ?? tcpSocket).toBeDefined();
    expect(container.readinessProbe.httpGet ?? container.readinessProbe.exec).not.toEqual(httpGet ?? tcpSocket);
  });

  it('spreads over zones and nodes, and starts all the same where they are full', () => {
    expect(
      spec.topologySpreadConstraints.map((constraint: Record<string, unknown>) => [
        constraint.topologyKey,
        constraint.maxSkew,
        constraint.whenUnsatisfiable,
        constraint.nodeTaintsPolicy,
        constraint.labelSelector,
        constraint.matchLabelKeys,
      ]),
    ).toEqual(
      ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map((key) => [
        key,
        1,
        'ScheduleAnyway',
        'Honor',
        { matchLabels: { 'app.kubernetes.io/name': name } },
        ['pod-template-hash'],
      ]),
    );
    const [preferred] = spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution;
    expect(preferred.podAffinityTerm).toMatchObject({
      topologyKey: 'kubernetes.io/hostname',
      labelSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
    });
  });

  it('carries the six recommended labels', () => {
    expect(template.metadata.labels).toEqual({
      'app.kubernetes.io/component': expect.stringMatching(/^(web|store)$/),
      'app.kubernetes.io/instance': name,
      'app.kubernetes.io/managed-by': 'Helm',
      'app.kubernetes.io/name': name,
      'app.kubernetes.io/part-of': 'chat',
      'app.kubernetes.io/version': container.image.replace(/@.*/, '').split(':').pop(),
    });
  });
});

describe('dedicated nodes', () => {
  it('are tolerated by every pod of the environment, stores included', () => {
    for (const { template } of render(kind).pods) {
      expect(template.spec.tolerations).toEqual([
        { effect: 'NoSchedule', key: 'prd', operator: 'Equal', value: 'true' },
      ]);
    }
  });

  it('match the taints of every worker of the cluster', () => {
    for (const worker of kind.cluster.workers) expect(worker.taints).toEqual([kind.dedicatedNodes]);
  });

  it('are tolerated whatever their taint does', () => {
    const dedicatedNodes = { key: 'team', value: 'notes', effect: 'NoExecute' } as const;
    const [pod] = render(sampleEnvironment([sampleApp('notes')({})], { dedicatedNodes })).pods;
    expect(pod?.template.spec.tolerations).toEqual([{ ...dedicatedNodes, operator: 'Equal' }]);
  });

  it('leave nothing behind where an environment has none', () => {
    const [pod] = render(sampleEnvironment([sampleApp('notes')({})])).pods;
    expect(pod?.template.spec.tolerations).toBeUndefined();
  });
});

describe('a pull secret', () => {
  const withSecret = sampleEnvironment([sampleApp('notes')({})], {
    images: { registry: 'registry.example.com', reference: 'tag', pullPolicy: 'Always', pullSecret: 'ecr-secret' },
  });

  it('is named by every pod and stands in the contract, read by the kubelet', () => {
    const rendered = render(withSecret);
    expect(rendered.pods[0]?.template.spec.imagePullSecrets).toEqual([{ name: 'ecr-secret' }]);
    expect(rendered.facts.secrets).toEqual([
      { name: 'ecr-secret', type: 'kubernetes.io/dockerconfigjson', keys: { '.dockerconfigjson': ['kubelet'] } },
    ]);
  });

  it('is absent where the kubelet brings its own credentials', () => {
    expect(render(sampleEnvironment([sampleApp('notes')({})])).pods[0]?.template.spec.imagePullSecrets).toBeUndefined();
  });
});

describe('the configuration checksum', () => {
  const checksum = (settings: Record<string, string>) =>
    render(sampleEnvironment([sampleApp('notes', { settings })({})])).pods[0]?.template.metadata.annotations[
      'checksum/config'
    ];

  it('changes with a setting, so that the pods roll', () => {
    expect(checksum({ COLOUR: 'red' })).not.toBe(checksum({ COLOUR: 'blue' }));
  });

  it('does not change with the order in which settings are written', () => {
    expect(checksum({ A: '1', B: '2' })).toBe(checksum({ B: '2', A: '1' }));
  });
});
