import type { Container, PodSecurityContext } from 'kubernetes-types/core/v1';
import { containersOf, type LocatedContainer, type PodTemplate } from '../../manifests/pods';
import { type Steps, touches } from '../steps';
import type { Subject, Verdict } from '../subject';
import type { World } from '../worlds';

/**
 * Something that a pod may do. What holds counts, not where it is written: `runAsNonRoot` that moves from the pod to its
 * container changes nothing. The list is Pod Security's (baseline and restricted), with tokens and file systems.
 */
interface Privilege {
  readonly why: string;
  /** Fields that may give it, below the pod template. */
  readonly fields: readonly Steps[];
  /** It is had unless a field takes it: a new workload is not told of it, one that loses the field is. */
  readonly byDefault?: true;
  /** The container that has it; missing for the pod's. */
  readonly container?: string;
}

type Privileges = ReadonlyMap<string, Privilege>;

/** Restrictions that either version has; a privilege is that one of them is gone. */
interface Restrictions {
  readonly dropped: ReadonlySet<string>;
  readonly readOnly: ReadonlySet<string>;
}

/** Pods that may do more than they did. */
export function* privileges(subject: Subject): Generator<Verdict> {
  const { pods, worlds } = subject;
  if (!pods.after) return;
  const restrictions = restrictionsOf([pods.before, pods.after]);
  const held: Privileges = pods.before ? privilegesOf(pods.before, worlds.before, restrictions) : new Map();
  const known = new Set(pods.before && containersOf(pods.before).map(({ container }) => container.name));
  const anywhere = new Set([...held.keys()].map((key) => key.replace(/^\S+ /, '')));
  for (const [key, { why, fields, byDefault, container }] of privilegesOf(pods.after, worlds.after, restrictions)) {
    if (held.has(key)) continue;
    if (byDefault && !pods.before) continue;
    // A container that was added is measured by what its pod could do before.
    const isNew = container !== undefined && !known.has(container);
    if (byDefault && isNew && anywhere.has(key.replace(/^\S+ /, ''))) continue;
    const path = pods.after.path;
    const at = fields
      .map((field) => [...path, ...field])
      .find((field) => subject.leaves.some(({ steps }) => touches(steps, field)));
    yield { risk: 'access', why, ...(pods.before && at && { at }) };
  }
}

function restrictionsOf(templates: readonly (PodTemplate | undefined)[]): Restrictions {
  const containers = templates.flatMap((template) => (template ? containersOf(template) : []));
  const mounts = containers.flatMap(({ container }) =>
    (container.volumeMounts ?? [])
      .filter(({ readOnly }) => readOnly)
      .map((mount) => `${container.name} ${mount.mountPath}`),
  );
  const dropped = containers.flatMap(({ container }) => container.securityContext?.capabilities?.drop ?? []);
  return { dropped: new Set(dropped), readOnly: new Set(mounts) };
}

function privilegesOf(template: PodTemplate, world: World, restrictions: Restrictions): Privileges {
  return new Map([
    ...ofPod(template, world),
    ...containersOf(template).flatMap((located) => [
      ...ofContainer(located, template.spec.securityContext ?? {}, restrictions),
    ]),
  ]);
}

function* ofPod({ spec, namespace }: PodTemplate, world: World): Generator<[string, Privilege]> {
  const has = (field: string, why: string, byDefault?: true): [string, Privilege] => [
    `pod ${field}`,
    { why, fields: [['spec', ...field.split('.')]], ...(byDefault && { byDefault }) },
  ];
  if (spec.hostNetwork) yield has('hostNetwork', 'its pods use their node’s network; policies do not hold for them');
  if (spec.hostPID) yield has('hostPID', 'its pods see every process of their node');
  if (spec.hostIPC) yield has('hostIPC', 'its pods share memory with processes of their node');
  if (spec.shareProcessNamespace)
    yield has('shareProcessNamespace', 'its containers see each other’s processes and files');
  if ((spec as { hostUsers?: boolean }).hostUsers !== false)
    yield has('hostUsers', 'root in its containers is root of their node', true);
  for (const { name } of spec.securityContext?.sysctls ?? [])
    yield [
      `pod sysctl ${name}`,
      { why: `its pods set ${name} of the kernel`, fields: [['spec', 'securityContext', 'sysctls']] },
    ];
  for (const { name, hostPath } of spec.volumes ?? []) {
    if (!hostPath) continue;
    const fields = [['spec', 'volumes', { entry: name }]];
    yield [`pod hostPath ${hostPath.path}`, { why: `its pods reach ${hostPath.path} of their node`, fields }];
  }
  const account = spec.serviceAccountName ?? 'default';
  const mounted = spec.automountServiceAccountToken ?? accountMounts(world, namespace, account);
  const projected = (spec.volumes ?? []).some(({ projected }) =>
    projected?.sources?.some(({ serviceAccountToken }) => serviceAccountToken),
  );
  if (mounted || projected) {
    const fields = [['automountServiceAccountToken'], ['serviceAccountName'], ['volumes']].map((field) => [
      'spec',
      ...field,
    ]);
    yield [
      `pod token ${account}`,
      { why: `its pods hold a token of ServiceAccount ${account}`, fields, byDefault: true },
    ];
  }
}

/** Whether pods are given an account's token where they say nothing themselves. */
const accountMounts = (world: World, namespace: string, account: string): boolean => {
  const found = world.accounts.get(`${namespace}/${account}`) as { automountServiceAccountToken?: boolean } | undefined;
  return found?.automountServiceAccountToken ?? true;
};

function* ofContainer(
  { container, role }: LocatedContainer,
  pod: PodSecurityContext,
  { dropped, readOnly }: Restrictions,
): Generator<[string, Privilege]> {
  const { name, securityContext: own = {}, volumeMounts = [], ports = [] }: Container = container;
  const place: Steps = ['spec', role === 'main' ? 'containers' : 'initContainers', { entry: name }];
  const has = (field: string, says: string, more: { byDefault?: true; field?: Steps } = {}): [string, Privilege] => {
    const written = more.field
      ? [[...place, ...more.field]]
      : [
          [...place, 'securityContext', field],
          ['spec', 'securityContext', field],
        ];
    // The container itself, where it came as a whole.
    const fields = [...written, place];
    const why = `container ${name} ${says}`;
    return [`${name} ${field} ${says}`, { why, fields, container: name, ...(more.byDefault && { byDefault: true }) }];
  };
  const unless = { byDefault: true } as const;
  if (own.privileged) yield has('privileged', 'may do what root of its node may');
  if (own.windowsOptions?.hostProcess) yield has('windowsOptions', 'is a process of its node');
  if (own.procMount === 'Unmasked') yield has('procMount', 'sees all of /proc');
  if ((own.runAsUser ?? pod.runAsUser) === 0) yield has('runAsUser', 'runs as root');
  if (own.allowPrivilegeEscalation !== false)
    yield has('allowPrivilegeEscalation', 'may gain more rights than it was started with', unless);
  if ((own.runAsNonRoot ?? pod.runAsNonRoot) !== true) yield has('runAsNonRoot', 'may run as root', unless);
  if (own.readOnlyRootFilesystem !== true) yield has('readOnlyRootFilesystem', 'may change its own files', unless);
  const seccomp = (own.seccompProfile ?? pod.seccompProfile)?.type ?? 'Unconfined';
  if (seccomp === 'Unconfined') yield has('seccompProfile', 'may make every system call', unless);
  const appArmor = [own, pod].map((context) => (context as { appArmorProfile?: { type: string } }).appArmorProfile);
  if ((appArmor[0] ?? appArmor[1])?.type === 'Unconfined') yield has('appArmorProfile', 'is not kept by AppArmor');
  for (const capability of own.capabilities?.add ?? []) yield has('capabilities', `has the capability ${capability}`);
  const drops = own.capabilities?.drop ?? [];
  for (const capability of dropped) {
    if (drops.includes(capability) || drops.includes('ALL')) continue;
    yield has(
      'capabilities',
      capability === 'ALL' ? 'keeps capabilities that were dropped' : `keeps the capability ${capability}`,
      unless,
    );
  }
  for (const { hostPort } of ports)
    if (hostPort) yield has('ports', `listens on port ${hostPort} of its node`, { field: ['ports'] });
  for (const { mountPath, readOnly: only } of volumeMounts) {
    if (only || !readOnly.has(`${name} ${mountPath}`)) continue;
    yield has('volumeMounts', `may write to ${mountPath}`, {
      byDefault: true,
      field: ['volumeMounts', { entry: mountPath }],
    });
  }
}
