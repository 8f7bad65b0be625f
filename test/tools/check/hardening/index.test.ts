import { hardeningChecks } from '../../../../tools/check/hardening';
import { judge } from '../../../../tools/check/run';
import { loadSchemas } from '../../../../tools/check/schema/schemas';
import { loadFolder } from '../../../../tools/manifests/load';
import { type Change, findingsAfter, rulesAfter } from './hardened';

describe('the rules of hardening', () => {
  it('find no fault with a hardened workload', () => {
    expect(rulesAfter(() => {})).toEqual([]);
  });

  it.each(['production', 'kind', 'lab'])(
    'find nothing in dist/%s but the Secrets that the deployer must reach',
    (environment) => {
      const path = `dist/${environment}`;
      const folder = { path, inventoryPath: undefined, inventory: undefined, base: { missing: 'not asked' } };
      const { findings, unanswered } = judge(
        { ...folder, set: loadFolder(path), schemas: loadSchemas('1.36') },
        [],
        hardeningChecks,
      );
      expect(unanswered).toEqual([]);
      expect(findings.map(({ check, object }) => `${check} ${object.kind}/${object.namespace}/${object.name}`)).toEqual(
        ['hardening/rbac-secrets Role/chat/deployer'],
      );
    },
  );

  it('are called by ids of their own', () => {
    expect(new Set(hardeningChecks.map(({ id }) => id)).size).toBe(hardeningChecks.length);
  });

  it.each<[string, string, Change]>([
    ['spec.template.spec.hostPID', 'is true', ({ pod }) => Object.assign(pod.spec, { hostPID: true })],
    [
      'spec.template.spec.securityContext.windowsOptions.hostProcess',
      'is true',
      ({ pod }) => Object.assign(pod.spec.securityContext, { windowsOptions: { hostProcess: true } }),
    ],
    [
      'spec.template.spec.containers[0].securityContext.windowsOptions.hostProcess',
      'is true',
      ({ container }) => Object.assign(container.securityContext, { windowsOptions: { hostProcess: true } }),
    ],
    [
      'spec.template.spec.containers[0].livenessProbe.httpGet.host',
      'is "192.0.2.1"',
      ({ container }) => Object.assign(container.livenessProbe.httpGet, { host: '192.0.2.1' }),
    ],
    [
      'spec.template.spec.volumes[2].hostPath',
      'is a volume type that the restricted profile forbids',
      ({ pod }) => pod.spec.volumes.push({ name: 'more', hostPath: { path: '/' } }),
    ],
    [
      'spec.template.spec.containers[0].securityContext.procMount',
      'is "Unmasked"',
      ({ container }) => Object.assign(container.securityContext, { procMount: 'Unmasked' }),
    ],
    [
      'spec.template.spec.securityContext.sysctls[0].name',
      'is "kernel.msgmax"',
      ({ pod }) => Object.assign(pod.spec.securityContext, { sysctls: [{ name: 'kernel.msgmax', value: '1' }] }),
    ],
    [
      'spec.template.metadata.annotations["container.apparmor.security.beta.kubernetes.io/web"]',
      'is "unconfined"',
      ({ pod }) => {
        pod.metadata.annotations['container.apparmor.security.beta.kubernetes.io/web'] = 'unconfined';
      },
    ],
    [
      'spec.template.spec.containers[0].securityContext.runAsNonRoot',
      'is missing here and in the pod',
      ({ pod }) => delete pod.spec.securityContext.runAsNonRoot,
    ],
    [
      'spec.template.spec.containers[0].securityContext.runAsUser',
      'is 0',
      ({ container }) => Object.assign(container.securityContext, { runAsUser: 0 }),
    ],
    [
      'spec.template.spec.securityContext.seccompProfile.type',
      'is "Unconfined"',
      ({ pod }) => Object.assign(pod.spec.securityContext.seccompProfile, { type: 'Unconfined' }),
    ],
    [
      'spec.template.spec.securityContext.fsGroup',
      'is 0, the group root',
      ({ pod }) => Object.assign(pod.spec.securityContext, { fsGroup: 0 }),
    ],
    [
      'spec.template.spec.securityContext.supplementalGroups[1]',
      'is 0, the group root',
      ({ pod }) => Object.assign(pod.spec.securityContext, { supplementalGroups: [44, 0] }),
    ],
    [
      'spec.template.spec.containers[0].securityContext.privileged',
      'is true',
      ({ container }) => Object.assign(container.securityContext, { privileged: true }),
    ],
    [
      'spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation',
      'is missing',
      ({ container }) => delete container.securityContext.allowPrivilegeEscalation,
    ],
    [
      'spec.template.spec.containers[0].securityContext.capabilities.drop',
      'does not hold ALL',
      ({ container }) => Object.assign(container.securityContext.capabilities, { drop: [] }),
    ],
    [
      'spec.template.spec.containers[0].securityContext.capabilities.add[0]',
      'is "SYS_ADMIN"',
      ({ container }) => Object.assign(container.securityContext.capabilities, { add: ['SYS_ADMIN'] }),
    ],
    [
      'spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem',
      'is false',
      ({ container }) => Object.assign(container.securityContext, { readOnlyRootFilesystem: false }),
    ],
    [
      'spec.template.spec.containers[0].resources.limits.cpu',
      'is 0, which is none',
      ({ container }) => Object.assign(container.resources.limits, { cpu: 0 }),
    ],
    [
      'spec.template.spec.volumes[0].emptyDir.sizeLimit',
      'sets no limit',
      ({ pod }) => delete pod.spec.volumes[0].emptyDir.sizeLimit,
    ],
    [
      'spec.template.spec.containers[0].readinessProbe',
      'is missing, and Service web sends traffic here',
      ({ container }) => delete container.readinessProbe,
    ],
    [
      'spec.template.spec.containers[0].livenessProbe',
      'asks what readinessProbe asks',
      ({ container }) => Object.assign(container, { livenessProbe: container.readinessProbe }),
    ],
    [
      'spec.template.spec.containers[0].image',
      'is "web:latest", which is whatever was pushed last',
      ({ container }) => Object.assign(container, { image: 'web:latest' }),
    ],
    [
      'spec.template.spec.volumes[2].image.reference',
      'is "data", without tag or digest',
      ({ pod }) => pod.spec.volumes.push({ name: 'more', image: { reference: 'data' } }),
    ],
    [
      'spec.template.spec.containers[0].imagePullPolicy',
      'is "Never"',
      ({ container }) => Object.assign(container, { imagePullPolicy: 'Never' }),
    ],
    [
      'spec.template.spec.automountServiceAccountToken',
      'is missing',
      ({ pod }) => delete pod.spec.automountServiceAccountToken,
    ],
    [
      'spec.template.spec.serviceAccountName',
      'is "default"',
      ({ pod }) => Object.assign(pod.spec, { serviceAccountName: 'default' }),
    ],
    ['spec.template.spec.enableServiceLinks', 'is missing', ({ pod }) => delete pod.spec.enableServiceLinks],
    [
      'spec.template.spec.topologySpreadConstraints',
      'nothing spreads these pods',
      ({ pod }) => delete pod.spec.topologySpreadConstraints,
    ],
    [
      'spec.template.metadata.labels',
      'no PodDisruptionBudget chooses these pods',
      ({ the }) => delete the('PodDisruptionBudget').spec.selector,
    ],
    [
      'spec.strategy.type',
      'is "Recreate"',
      ({ the }) => Object.assign(the('Deployment').spec, { strategy: { type: 'Recreate' } }),
    ],
    [
      'spec.egress[1].to',
      'opens 0.0.0.0/0',
      ({ the }) => the('NetworkPolicy').spec.egress.push({ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }),
    ],
    [
      'spec.ingress[1].from',
      'opens to every address and every pod',
      ({ the }) => the('NetworkPolicy').spec.ingress.push({}),
    ],
    ['rules[0].verbs[3]', 'is "*"', ({ the }) => the('Role').rules[0].verbs.push('*')],
    ['rules[0].verbs[3]', 'is "bind"', ({ the }) => the('Role').rules[0].verbs.push('bind')],
    [
      'rules[1].verbs',
      'changes who may do what (roles)',
      ({ the }) =>
        the('Role').rules.push({ apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles'], verbs: ['patch'] }),
    ],
    [
      'rules[0].resources',
      'reaches pods/exec, pods/attach',
      ({ the }) => the('Role').rules[0].resources.push('pods/exec', 'pods/attach'),
    ],
    [
      'rules[0].resources',
      'reaches Secrets (get, list, watch)',
      ({ the }) => the('Role').rules[0].resources.push('secrets'),
    ],
    [
      'roleRef.name',
      'is "edit"',
      ({ the }) => Object.assign(the('RoleBinding').roleRef, { kind: 'ClusterRole', name: 'edit' }),
    ],
    [
      'subjects[1].name',
      'is "system:masters", which is not one subject',
      ({ the }) => the('RoleBinding').subjects.push({ kind: 'Group', name: 'system:masters' }),
    ],
    [
      'metadata.labels["pod-security.kubernetes.io/enforce"]',
      'is missing',
      ({ the }) => delete the('Namespace').metadata.labels['pod-security.kubernetes.io/enforce'],
    ],
    [
      'metadata.name',
      'no LimitRange of type Container limits cpu, memory here',
      ({ the }) => Object.assign(the('LimitRange').spec, { limits: [] }),
    ],
  ])('point at %s: %s', (path, wrong, change) => {
    expect(findingsAfter(change).map((finding) => [finding.at.split(' ')[1], finding.wrong])).toEqual([[path, wrong]]);
  });
});
