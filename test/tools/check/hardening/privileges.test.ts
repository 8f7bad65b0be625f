import { findingsAfter, type Hardened, rulesAfter, table } from './hardened';

/** Settings that a container inherits: rule, field, a value that will not do, one that will. */
const INHERITED = [
  ['hardening/seccomp', 'seccompProfile', { type: 'Unconfined' }, { type: 'Localhost' }],
  ['hardening/non-root', 'runAsNonRoot', false, true],
  ['hardening/user', 'runAsUser', 9999, 10001],
  ['hardening/user', 'runAsGroup', 9999, 10001],
] as const;

describe.each(INHERITED)('%s: %s', (rule, field, bad, good) => {
  it('is wanted of the container where the pod says nothing', () => {
    expect(rulesAfter(({ pod }) => delete pod.spec.securityContext[field])).toEqual([rule]);
  });

  it('is enough where the container says it', () => {
    const change = ({ pod, container }: Hardened) => {
      delete pod.spec.securityContext[field];
      container.securityContext[field] = good;
    };
    expect(rulesAfter(change)).toEqual([]);
  });

  it('is found in the container that overrides its pod', () => {
    const change = ({ container }: Hardened) => Object.assign(container.securityContext, { [field]: bad });
    expect(findingsAfter(change)).toEqual([
      {
        rule,
        at: expect.stringContaining(`containers[0].securityContext.${field}`),
        wrong: expect.stringMatching(/^is /),
      },
    ]);
  });

  it('is found in the pod, though every container overrides it: admission refuses the pod', () => {
    const change = ({ pod, container }: Hardened) => {
      pod.spec.securityContext[field] = bad;
      container.securityContext[field] = good;
    };
    expect(findingsAfter(change)).toEqual([
      {
        rule,
        at: expect.stringContaining(`template.spec.securityContext.${field}`),
        wrong: expect.stringMatching(/^is /),
      },
    ]);
  });

  it('is told once where containers inherit what will not do', () => {
    expect(rulesAfter(({ pod }) => Object.assign(pod.spec.securityContext, { [field]: bad }))).toEqual([rule]);
  });
});

describe('hardening/user', () => {
  it.each(
    table({
      'files of the group root': ({ pod }) => Object.assign(pod.spec.securityContext, { fsGroup: 0 }),
      'the group root as the first': ({ pod }) => Object.assign(pod.spec.securityContext, { supplementalGroups: [0] }),
      'the group root beside another': ({ pod }) =>
        Object.assign(pod.spec.securityContext, { supplementalGroups: [10001, 0] }),
    }),
  )('finds $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(['hardening/user']);
  });

  it('lets groups of devices pass', () => {
    const groups = { fsGroup: 10001, supplementalGroups: [44] };
    expect(rulesAfter(({ pod }) => Object.assign(pod.spec.securityContext, groups))).toEqual([]);
  });
});

describe('hardening/privileges', () => {
  it.each(
    table({
      'a privileged container': ({ container }) => Object.assign(container.securityContext, { privileged: true }),
      'escalation that is allowed': ({ container }) =>
        Object.assign(container.securityContext, { allowPrivilegeEscalation: true }),
      'escalation of which nothing is said': ({ container }) =>
        delete container.securityContext.allowPrivilegeEscalation,
    }),
  )('finds $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(['hardening/privileges']);
  });

  it('lets `privileged: false` pass', () => {
    expect(rulesAfter(({ container }) => Object.assign(container.securityContext, { privileged: false }))).toEqual([]);
  });
});

describe('hardening/capabilities', () => {
  it.each(
    table({
      'a container that drops nothing': ({ container }) => delete container.securityContext.capabilities,
      'a container that drops only some': ({ container }) =>
        Object.assign(container.securityContext, { capabilities: { drop: ['NET_RAW'] } }),
      'a capability that is added': ({ container }) =>
        Object.assign(container.securityContext.capabilities, { add: ['NET_ADMIN'] }),
    }),
  )('finds $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(['hardening/capabilities']);
  });

  it('lets NET_BIND_SERVICE pass', () => {
    const add = ['NET_BIND_SERVICE'];
    expect(rulesAfter(({ container }) => Object.assign(container.securityContext.capabilities, { add }))).toEqual([]);
  });
});

describe('hardening/read-only-root', () => {
  it.each(
    table({
      'a root that can be written': ({ container }) =>
        Object.assign(container.securityContext, { readOnlyRootFilesystem: false }),
      'a root of which nothing is said': ({ container }) => delete container.securityContext.readOnlyRootFilesystem,
    }),
  )('finds $title', ({ change }) => {
    expect(rulesAfter(change)).toEqual(['hardening/read-only-root']);
  });
});

it('a pod without any security context lacks seccomp, non-root, user and group', () => {
  expect(rulesAfter(({ pod }) => delete pod.spec.securityContext)).toEqual([
    'hardening/seccomp',
    'hardening/non-root',
    'hardening/user',
    'hardening/user',
  ]);
});

it('a container without any security context lacks escalation, capabilities and a read-only root', () => {
  expect(rulesAfter(({ container }) => delete container.securityContext)).toEqual([
    'hardening/privileges',
    'hardening/capabilities',
    'hardening/read-only-root',
  ]);
});
