import type { Rendered } from '../../../support/rendered';
import { add, drop, set } from '../edits';
import { type Case, compared, edited, expected, judgement, named, reportOn, said, world } from '../world';

const inPod = (edit: (spec: Rendered, main: Rendered) => void) => (object: Rendered) => {
  const { spec } = object.spec.template;
  edit(spec, spec.containers[0]);
};

const SPEC = 'spec.template.spec';
const MAIN = `${SPEC}.containers[main]`;

/** An edit of the Deployment's pods, and what it lets them do. */
type Loosening = readonly [what: string, edit: (object: Rendered) => void, at: string, does: string];

const LOOSENINGS: readonly Loosening[] = [
  [
    'its node’s network',
    set('spec.template.spec.hostNetwork', true),
    `${SPEC}.hostNetwork`,
    'its pods use their node’s network; policies do not hold for them',
  ],
  [
    'its node’s processes',
    set('spec.template.spec.hostPID', true),
    `${SPEC}.hostPID`,
    'its pods see every process of their node',
  ],
  [
    'its node’s memory',
    set('spec.template.spec.hostIPC', true),
    `${SPEC}.hostIPC`,
    'its pods share memory with processes of their node',
  ],
  [
    'each other’s processes',
    set('spec.template.spec.shareProcessNamespace', true),
    `${SPEC}.shareProcessNamespace`,
    'its containers see each other’s processes and files',
  ],
  [
    'the kernel',
    set('spec.template.spec.securityContext.sysctls', [{ name: 'kernel.msgmax', value: '1' }]),
    `${SPEC}.securityContext.sysctls`,
    'its pods set kernel.msgmax of the kernel',
  ],
  [
    'a folder of its node',
    add('spec.template.spec.volumes', { name: 'host', hostPath: { path: '/etc' } }),
    `${SPEC}.volumes[host]`,
    'its pods reach /etc of their node',
  ],
  [
    'a token',
    set('spec.template.spec.automountServiceAccountToken', true),
    `${SPEC}.automountServiceAccountToken`,
    'its pods hold a token of ServiceAccount chat',
  ],
  [
    'a projected token',
    add('spec.template.spec.volumes', {
      name: 'token',
      projected: { sources: [{ serviceAccountToken: { path: 'token' } }] },
    }),
    `${SPEC}.volumes[token]`,
    'its pods hold a token of ServiceAccount chat',
  ],
  [
    'all of its node',
    set('spec.template.spec.containers.0.securityContext.privileged', true),
    `${MAIN}.securityContext.privileged`,
    'container main may do what root of its node may',
  ],
  [
    'a process of its node',
    set('spec.template.spec.containers.0.securityContext.windowsOptions', { hostProcess: true }),
    `${MAIN}.securityContext.windowsOptions`,
    'container main is a process of its node',
  ],
  [
    'all of /proc',
    set('spec.template.spec.containers.0.securityContext.procMount', 'Unmasked'),
    `${MAIN}.securityContext.procMount`,
    'container main sees all of /proc',
  ],
  [
    'root',
    set('spec.template.spec.containers.0.securityContext.runAsUser', 0),
    `${MAIN}.securityContext.runAsUser`,
    'container main runs as root',
  ],
  [
    'a way to more rights',
    drop('spec.template.spec.containers.0.securityContext.allowPrivilegeEscalation'),
    `${MAIN}.securityContext.allowPrivilegeEscalation`,
    'container main may gain more rights than it was started with',
  ],
  [
    'a way to root',
    set('spec.template.spec.securityContext.runAsNonRoot', false),
    `${SPEC}.securityContext.runAsNonRoot`,
    'container main may run as root',
  ],
  [
    'its own files',
    set('spec.template.spec.containers.0.securityContext.readOnlyRootFilesystem', false),
    `${MAIN}.securityContext.readOnlyRootFilesystem`,
    'container main may change its own files',
  ],
  [
    'every system call',
    drop('spec.template.spec.securityContext.seccompProfile'),
    `${SPEC}.securityContext.seccompProfile`,
    'container main may make every system call',
  ],
  [
    'a life without AppArmor',
    set('spec.template.spec.containers.0.securityContext.appArmorProfile', { type: 'Unconfined' }),
    `${MAIN}.securityContext.appArmorProfile`,
    'container main is not kept by AppArmor',
  ],
  [
    'a capability',
    set('spec.template.spec.containers.0.securityContext.capabilities.add', ['NET_ADMIN']),
    `${MAIN}.securityContext.capabilities.add`,
    'container main has the capability NET_ADMIN',
  ],
  [
    'capabilities that were dropped',
    set('spec.template.spec.containers.0.securityContext.capabilities.drop', []),
    `${MAIN}.securityContext.capabilities.drop[0]`,
    'container main keeps capabilities that were dropped',
  ],
  [
    'a port of its node',
    set('spec.template.spec.containers.0.ports.0.hostPort', 8080),
    `${MAIN}.ports[8080].hostPort`,
    'container main listens on port 8080 of its node',
  ],
];

const CASES: readonly Case[] = [
  ...LOOSENINGS.map(([what, edit, at, does]): Case => [what, 'Deployment/chat', edit, at, `access: ${does}`]),
  [
    'root of its node for root of the container',
    'Deployment/chat',
    drop('spec.template.spec.hostUsers'),
    `${SPEC}.hostUsers`,
    'access: root in its containers is root of their node',
    set('spec.template.spec.hostUsers', false),
  ],
  [
    'one capability of those that were dropped',
    'Deployment/chat',
    set('spec.template.spec.containers.0.securityContext.capabilities.drop', ['SYS_ADMIN']),
    `${MAIN}.securityContext.capabilities.drop[1]`,
    'access: container main keeps the capability NET_RAW',
    set('spec.template.spec.containers.0.securityContext.capabilities.drop', ['SYS_ADMIN', 'NET_RAW']),
  ],
  [
    'a volume that it could only read',
    'Deployment/chat',
    drop('spec.template.spec.containers.0.volumeMounts.0.readOnly'),
    `${MAIN}.volumeMounts[/data].readOnly`,
    'access: container main may write to /data',
    set('spec.template.spec.containers.0.volumeMounts.0.readOnly', true),
  ],
  [
    'another account’s token',
    'Deployment/chat',
    set('spec.template.spec.serviceAccountName', 'admin'),
    `${SPEC}.serviceAccountName`,
    'access: its pods hold a token of ServiceAccount admin',
    set('spec.template.spec.automountServiceAccountToken', true),
  ],
];

describe('pods that are given', () => {
  it.each(CASES.map((entry) => [entry[0], entry] as const))('%s do more than before', (_, entry) => {
    expect(judgement(entry)).toEqual(expected(entry));
  });
});

describe('pods that keep what they had', () => {
  const risks = (edit: (spec: Rendered, main: Rendered) => void, prepare?: (spec: Rendered, main: Rendered) => void) =>
    edited('Deployment/chat', inPod(edit), prepare && inPod(prepare)).risk;

  it('are not told of a field that moves from the pod to its only container', () => {
    const move = (spec: Rendered, main: Rendered) => {
      spec.containers = [main];
      spec.initContainers = [];
      delete spec.securityContext.runAsNonRoot;
      main.securityContext.runAsNonRoot = true;
    };
    expect(
      risks(move, (spec) => {
        spec.initContainers = [];
      }),
    ).toBe('restarts');
  });

  it('are not told of an account that changes while no token is mounted', () => {
    expect(
      risks((spec) => {
        spec.serviceAccountName = 'admin';
      }),
    ).toBe('restarts');
  });

  it('are not told of fewer rights', () => {
    expect(
      risks(
        (_, main) => {
          main.securityContext.capabilities.drop = ['ALL'];
        },
        (_, main) => {
          main.securityContext.capabilities.drop = ['NET_RAW'];
        },
      ),
    ).toBe('restarts');
  });

  it('are measured as a pod: a container that comes with what another had brings nothing new', () => {
    const add = (spec: Rendered) => {
      spec.containers.push({
        name: 'beside',
        image: 'registry.example.com/beside:1@sha256:1',
        securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: false },
      });
    };
    expect(
      risks(add, (_, main) => {
        main.securityContext.readOnlyRootFilesystem = false;
      }),
    ).toBe('restarts');
  });

  it('are measured as a pod: a container that comes less guarded than all others is told', () => {
    const report = edited('StatefulSet/store', ({ spec }) => {
      spec.template.spec.containers.push({ name: 'beside', image: 'registry.example.com/beside:1@sha256:1' });
    });
    expect(said(report)).toContainEqual({
      at: `${SPEC}.containers[beside]`,
      says: 'access: container beside may change its own files',
    });
  });
});

describe('a new workload', () => {
  const added = (edit: (spec: Rendered, main: Rendered) => void) => {
    const after = world();
    const fresh = structuredClone(named(after, 'Deployment/chat'));
    fresh.metadata.name = 'fresh';
    inPod(edit)(fresh);
    return reportOn(compared(world(), [...after, fresh]), 'Deployment/fresh');
  };

  it('is told of what it asks for beyond the ordinary', () => {
    const report = added((spec) => {
      spec.hostNetwork = true;
    });
    expect(report.reasons).toContainEqual({
      risk: 'access',
      why: 'its pods use their node’s network; policies do not hold for them',
    });
  });

  it('is not told of what it does not ask for: whether it is hardened is for checks to say', () => {
    expect(
      added((_, main) => {
        delete main.securityContext;
      }).risk,
    ).toBe('safe');
  });
});
