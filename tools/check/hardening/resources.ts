/** What a container takes of its node. Source: kube-score "container-resources", "container-ephemeral-storage-request-and-limit". */
import { containersOf } from '../../manifests/pods';
import { amount } from '../../parse/quantity';
import type { Check } from '../check';

const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];

export const resources: Check = {
  id: 'hardening/resources',
  what: 'Every container requests and limits CPU, memory and ephemeral storage; 0 is no amount.',
  why: 'Without a request the scheduler counts it as nothing; without a limit one leak takes the node, and with it every neighbour.',
  exempt: 'A CPU limit may be left out where throttling was measured to hurt; say what was measured.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      for (const { container, path } of containersOf(pod)) {
        for (const list of ['requests', 'limits'] as const) {
          for (const resource of RESOURCES) {
            const quantity = container.resources?.[list]?.[resource];
            // What is no quantity at all is the schema's to report.
            if (quantity !== undefined && amount(quantity) !== 0) continue;
            const wrong = quantity === undefined ? 'is missing' : 'is 0, which is none';
            report(pod.owner, [...path, 'resources', list, resource], wrong, 'an amount');
          }
        }
      }
    }
  },
};

export const emptyDir: Check = {
  id: 'hardening/empty-dir',
  what: 'Every emptyDir has a sizeLimit.',
  why: "It lies on the node's disk, or in its memory: without a limit one pod fills it, and kubelet evicts others.",
  exempt: 'Never; a limit can be as large as the disk that the pod was given.',
  judge: ({ set, report }) => {
    for (const { owner, spec, path } of set.pods) {
      for (const [index, volume] of (spec.volumes ?? []).entries()) {
        if (!volume.emptyDir || (volume.emptyDir.sizeLimit !== undefined && amount(volume.emptyDir.sizeLimit) !== 0))
          continue;
        report(
          owner,
          [...path, 'spec', 'volumes', index, 'emptyDir', 'sizeLimit'],
          'sets no limit',
          'an amount above 0, such as 64Mi',
        );
      }
    }
  },
};
