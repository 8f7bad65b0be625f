/** What a container's processes may do. Source: Pod Security Standards, restricted; kube-score and Trivy for ids and the root. */
import { containersOf } from '../../manifests/pods';
import { show } from '../../parse/parse';
import type { Check } from '../check';
import { isWrong, judgeInherited } from './settings';

export const seccomp: Check = {
  id: 'hardening/seccomp',
  what: "Every container runs under a seccomp profile, its own or its pod's: RuntimeDefault or Localhost.",
  why: 'Without one it may make every system call, and most ways out of a container begin with a rare one.',
  exempt: 'Debuggers and sandboxes that need forbidden calls; say which, and why no Localhost profile allows them.',
  judge: (subject) =>
    judgeInherited(
      subject,
      ['seccompProfile', 'type'],
      (type) => type === 'RuntimeDefault' || type === 'Localhost',
      '`RuntimeDefault` or `Localhost`',
    ),
};

export const privileges: Check = {
  id: 'hardening/privileges',
  what: 'No container is privileged, and each says `allowPrivilegeEscalation: false`.',
  why: 'Privileged is root on the node. Escalation is allowed where nothing is said: a setuid binary then makes root of any user.',
  exempt: 'Node agents that cannot do with single capabilities; say what they do to the node.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      for (const { container, path } of containersOf(pod)) {
        const { privileged, allowPrivilegeEscalation } = container.securityContext ?? {};
        if (privileged) report(pod.owner, [...path, 'securityContext', 'privileged'], 'is true', 'false');
        if (allowPrivilegeEscalation === false) continue;
        const field = [...path, 'securityContext', 'allowPrivilegeEscalation'];
        report(pod.owner, field, isWrong(allowPrivilegeEscalation), 'false');
      }
    }
  },
};

export const capabilities: Check = {
  id: 'hardening/capabilities',
  what: 'Every container drops ALL capabilities and adds none but NET_BIND_SERVICE.',
  why: "The runtime's default set lets a container forge packets and pass by file permissions; hardly any program needs it.",
  exempt: 'Node agents; name each capability and the call that needs it.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      for (const { container, path } of containersOf(pod)) {
        const { drop = [], add = [] } = container.securityContext?.capabilities ?? {};
        const field = [...path, 'securityContext', 'capabilities'];
        if (!drop.includes('ALL')) report(pod.owner, [...field, 'drop'], 'does not hold ALL', '`ALL`');
        for (const [index, capability] of add.entries()) {
          if (capability === 'NET_BIND_SERVICE') continue;
          report(pod.owner, [...field, 'add', index], `is ${show(capability)}`, 'nothing, or `NET_BIND_SERVICE`');
        }
      }
    }
  },
};

export const nonRoot: Check = {
  id: 'hardening/non-root',
  what: "Every container runs as non-root, by its own `runAsNonRoot: true` or its pod's.",
  why: 'kubelet then refuses an image whose user is root, whatever a later image says; root in a container is root where it breaks out.',
  exempt: 'Images that start as root to give up rights themselves; say why no image with a user of its own will do.',
  judge: (subject) => judgeInherited(subject, ['runAsNonRoot'], (value) => value === true, 'true'),
};

/** Below it are accounts of distributions; kube-score wants ids from here. */
const FIRST_ID = 10_000;
const isForeign = (id: unknown): boolean => Number(id) >= FIRST_ID;

export const user: Check = {
  id: 'hardening/user',
  what: "Every container has a user and a group from 10000, its own or its pod's; no pod adds the group root.",
  why: 'A low id is an account of the node: files of that account are open to whoever breaks out, and to whoever shares a volume.',
  exempt: "Images whose files belong to a fixed user; name the image's user and why the files cannot be made readable.",
  judge: (subject) => {
    for (const field of ['runAsUser', 'runAsGroup'])
      judgeInherited(subject, [field], isForeign, `${FIRST_ID} or above`);
    for (const { owner, spec, path } of subject.set.pods) {
      const { fsGroup, supplementalGroups = [] } = spec.securityContext ?? {};
      const field = [...path, 'spec', 'securityContext'];
      if (fsGroup === 0) subject.report(owner, [...field, 'fsGroup'], 'is 0, the group root', `${FIRST_ID} or above`);
      const root = supplementalGroups.indexOf(0);
      if (root < 0) continue;
      subject.report(owner, [...field, 'supplementalGroups', root], 'is 0, the group root', 'a group of its own');
    }
  },
};

export const readOnlyRoot: Check = {
  id: 'hardening/read-only-root',
  what: 'Every container says `readOnlyRootFilesystem: true`.',
  why: 'What cannot be written cannot be replaced: an intruder finds no place for a tool, and nothing grows outside a limited volume.',
  exempt: 'Images that write to paths nobody can mount over; name the paths.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      for (const { container, path } of containersOf(pod)) {
        const value = container.securityContext?.readOnlyRootFilesystem;
        if (value === true) continue;
        const right = 'true, with an emptyDir where the program writes';
        report(pod.owner, [...path, 'securityContext', 'readOnlyRootFilesystem'], isWrong(value), right);
      }
    }
  },
};
