import type { Allowance } from './weigh';

const EVERYWHERE = ['kind', 'lab', 'production'];

/** Findings that are right where they stand. Each word of a line must be needed: what excuses nothing fails the gate. */
export const ALLOWANCES: readonly Allowance[] = [
  {
    judge: 'kube-score',
    rules: [
      'container-resource-requests-equal-limits',
      'container-cpu-requests-equal-limits',
      'container-memory-requests-equal-limits',
    ],
    objects: ['Deployment/chat/hello'],
    subjects: EVERYWHERE,
    reason: 'hello is specified to request 100m and 128Mi and to be limited to 200m and 256Mi.',
  },
  {
    judge: 'kube-score',
    rules: ['service-type'],
    objects: ['Service/chat/hello'],
    subjects: EVERYWHERE,
    reason: 'hello is specified to be reached at a port of the nodes; its policy names who may.',
  },
  {
    judge: 'kube-score',
    rules: ['container-image-pull-policy'],
    objects: ['Deployment/chat/chat', 'Deployment/chat/hello', 'StatefulSet/chat/mysql', 'StatefulSet/chat/redis'],
    subjects: ['kind'],
    reason:
      'images are loaded into the nodes of a kind cluster; no registry has them, so that Always could not start a pod.',
  },
  {
    judge: 'hadolint',
    rules: ['DL3008'],
    objects: ['jenkins/agent/Dockerfile'],
    subjects: ['tree'],
    reason:
      'Debian keeps one release of a package: a pinned one is gone with its next update. unzip and xz unpack what a checksum names, in a stage that is thrown away.',
  },
];
