import { containersOf, type PodTemplate, valueAt } from '../../manifests/pods';
import type { Path } from '../../manifests/yaml';
import { show } from '../../parse/parse';
import type { Check } from '../check';

/** An image reference of a container, or of a volume of type image. */
const imagesOf = (pod: PodTemplate): readonly { readonly image: string; readonly path: Path }[] => [
  ...containersOf(pod).map(({ container, path }) => ({ image: container.image ?? '', path: [...path, 'image'] })),
  ...(pod.spec.volumes ?? []).flatMap((volume, index) => {
    const image = valueAt(volume, ['image', 'reference']);
    return typeof image !== 'string'
      ? []
      : [{ image, path: [...pod.path, 'spec', 'volumes', index, 'image', 'reference'] }];
  }),
];

/** Digest, or tag: after the last slash, so that a registry's port is no tag. */
const DIGEST = /@[a-z0-9]+:[a-f0-9]{32,}$/;
const TAG = /^[^@]*:(?<tag>\w[\w.-]*)$/;

export const image: Check = {
  id: 'hardening/image',
  what: 'Every image has a digest, or a tag other than `latest`.',
  why: 'What `latest` is changes between two starts of one pod: a node that restarts runs what nobody reviewed, and a rollback rolls nothing back.',
  exempt: 'Never; an image without a tag can be given one.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      for (const { image, path } of imagesOf(pod)) {
        if (DIGEST.test(image)) continue;
        const tag = TAG.exec(image)?.groups?.tag;
        if (tag !== undefined && tag.toLowerCase() !== 'latest') continue;
        const what = tag === undefined ? 'without tag or digest' : 'which is whatever was pushed last';
        report(pod.owner, path, `is ${show(image)}, ${what}`, 'a tag that is never pushed twice, or a digest');
      }
    }
  },
};

export const pullPolicy: Check = {
  id: 'hardening/pull-policy',
  what: 'No container has `imagePullPolicy: Never`.',
  why: 'Whoever may load an image on a node decides what runs there; a node that has none cannot start the pod at all.',
  exempt: 'Clusters whose images are loaded on every node by hand; say who loads them.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      for (const { container, path } of containersOf(pod)) {
        if (container.imagePullPolicy !== 'Never') continue;
        report(pod.owner, [...path, 'imagePullPolicy'], 'is "Never"', '`IfNotPresent` or `Always`');
      }
    }
  },
};
