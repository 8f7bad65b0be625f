import { changes, type Mutant } from './mutant';

const CHAT = 'Deployment/chat';
const REDIS = 'StatefulSet/redis';
const POD = 'spec.template.spec';
const FIRST = `${POD}.containers.0`;

/** Faults inside pods. */
export const workloadMutants: readonly Mutant[] = [
  ...changes('security', [
    [
      'drops the seccomp profile',
      'hardening/seccomp',
      CHAT,
      [`${FIRST}.securityContext.seccompProfile`],
      [`${POD}.securityContext.seccompProfile`],
    ],
    [
      'lets a process gain privileges',
      'hardening/privileges',
      CHAT,
      [`${FIRST}.securityContext.allowPrivilegeEscalation`],
    ],
    ['runs privileged', 'hardening/privileges', CHAT, [`${FIRST}.securityContext.privileged`, true]],
    ['keeps the default capabilities', 'hardening/capabilities', CHAT, [`${FIRST}.securityContext.capabilities`]],
    ['adds SYS_ADMIN', 'hardening/capabilities', CHAT, [`${FIRST}.securityContext.capabilities.add`, ['SYS_ADMIN']]],
    ['may run as root', 'hardening/non-root', CHAT, [`${FIRST}.securityContext.runAsNonRoot`, false]],
    ['runs as uid 1000', 'hardening/user', CHAT, [`${FIRST}.securityContext.runAsUser`, 1000]],
    [
      'writes to its root file system',
      'hardening/read-only-root',
      REDIS,
      [`${FIRST}.securityContext.readOnlyRootFilesystem`, false],
    ],
    ['shares the network of its node', 'hardening/host', CHAT, [`${POD}.hostNetwork`, true]],
    ['takes a port of its node', 'hardening/host', CHAT, [`${FIRST}.ports.0.hostPort`, 8080]],
    [
      'mounts a folder of its node',
      'hardening/volumes',
      CHAT,
      [`${POD}.volumes.0`, { name: 'writable-tmp', hostPath: { path: '/' } }],
    ],
    [
      'sets an unsafe sysctl',
      'hardening/kernel',
      CHAT,
      [`${POD}.securityContext.sysctls`, [{ name: 'kernel.msgmax', value: '1' }]],
    ],
  ]),
  ...changes('identity', [
    ['mounts a token', 'hardening/token', CHAT, [`${POD}.automountServiceAccountToken`, true]],
    ['runs as the default account', 'hardening/account', CHAT, [`${POD}.serviceAccountName`, 'default']],
    [
      'runs as an account that nobody makes',
      'references/service-account',
      CHAT,
      [`${POD}.serviceAccountName`, 'chatt'],
    ],
  ]),
  ...changes('resources', [
    ['has no memory limit', 'hardening/resources', CHAT, [`${FIRST}.resources.limits.memory`]],
    [
      'asks for no ephemeral storage',
      'hardening/resources',
      REDIS,
      [`${FIRST}.resources.requests.ephemeral-storage`],
      [`${FIRST}.resources.limits.ephemeral-storage`],
    ],
    ['has an emptyDir without a limit', 'hardening/empty-dir', CHAT, [`${POD}.volumes.0.emptyDir`, {}]],
  ]),
  ...changes('probes', [
    ['has no readiness probe', 'hardening/probes', CHAT, [`${FIRST}.readinessProbe`]],
    ['has no liveness probe', 'hardening/probes', REDIS, [`${FIRST}.livenessProbe`]],
    ['has no startup probe', 'hardening/probes', CHAT, [`${FIRST}.startupProbe`]],
    ['asks one question twice', 'hardening/distinct-probes', CHAT, [`${FIRST}.readinessProbe.httpGet.path`, '/health']],
    [
      'probes a port that is not there',
      'references/probe-ports',
      CHAT,
      [`${FIRST}.livenessProbe.httpGet.port`, 'htpp'],
    ],
  ]),
  ...changes('images', [
    ['runs latest', 'hardening/image', CHAT, [`${FIRST}.image`, 'registry.example.com/chat:latest']],
    ['runs whatever has no tag', 'hardening/image', REDIS, [`${FIRST}.image`, 'docker.io/library/redis']],
    ['never pulls', 'hardening/pull-policy', CHAT, [`${FIRST}.imagePullPolicy`, 'Never']],
  ]),
  ...changes('availability', [
    ['spreads over nothing', 'hardening/spread', CHAT, [`${POD}.topologySpreadConstraints`], [`${POD}.affinity`]],
    [
      'counts the pods of another',
      'references/spread-pods',
      CHAT,
      [`${POD}.topologySpreadConstraints.0.labelSelector.matchLabels`, { 'app.kubernetes.io/name': 'redis' }],
    ],
    [
      'keeps away from nobody',
      'references/affinity-pods',
      CHAT,
      [
        `${POD}.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution.0.podAffinityTerm.labelSelector.matchLabels`,
        { 'app.kubernetes.io/name': 'chatt' },
      ],
    ],
    ['dies before it has drained', 'capacity/grace', CHAT, [`${POD}.terminationGracePeriodSeconds`, 25]],
    [
      'spreads over zones that there are not',
      'capacity/spread',
      CHAT,
      [`${POD}.topologySpreadConstraints.0.whenUnsatisfiable`, 'DoNotSchedule'],
      [`${POD}.topologySpreadConstraints.0.minDomains`, 4],
    ],
    [
      'spreads by a label that nodes lack',
      'capacity/spread',
      CHAT,
      [`${POD}.topologySpreadConstraints.0.topologyKey`, 'topology.kubernetes.io/zones'],
    ],
  ]),
];
