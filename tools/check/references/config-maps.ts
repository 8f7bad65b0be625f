import { namespaceOf } from '../../manifests/kinds';
import type { Check } from '../check';
import { meant } from './meant';
import { podReferences } from './names';

/** Objects that the API server puts into every namespace. */
const EVERYWHERE = ['kube-root-ca.crt'];

export const configMapKeys: Check = {
  id: 'references/config-map-keys',
  what: 'Every ConfigMap and every key of one that a pod reads is rendered.',
  why: 'A pod waits in ContainerCreating or CreateContainerConfigError for as long as the key is missing.',
  exempt: 'A ConfigMap that a controller of the cluster writes, which the reason names.',
  judge: ({ set, report }) => {
    for (const pod of set.pods) {
      for (const { path, namespace, name, keys, optional } of podReferences(pod, 'ConfigMap')) {
        if (optional || EVERYWHERE.includes(name)) continue;
        const map = set.find('ConfigMap', namespace, name);
        if (!map) {
          const right = meant(name, set.namesOf('ConfigMap', namespace), 'a rendered ConfigMap of its namespace');
          report(pod.owner, path, `reads the ConfigMap ${name}, which is not rendered`, right);
          continue;
        }
        const known = Object.keys({ ...map.data, ...map.binaryData });
        for (const key of (keys ?? []).filter((key) => !known.includes(key))) {
          const right = meant(key, known, 'a key that it has');
          report(pod.owner, path, `reads the key ${key}, which ConfigMap ${name} does not have`, right);
        }
      }
    }
  },
};

export const orphanConfigMaps: Check = {
  id: 'references/orphan-config-map',
  what: 'Every ConfigMap is read by a pod.',
  why: 'What nobody reads was forgotten, or its reader misspells its name.',
  exempt:
    'A ConfigMap for a program outside the manifests (an ingress controller, a sidecar injector), which the reason names.',
  judge: ({ set, report }) => {
    const read = new Set(
      set.pods.flatMap((pod) =>
        [...podReferences(pod, 'ConfigMap')].map(({ namespace, name }) => `${namespace}/${name}`),
      ),
    );
    for (const map of set.all('ConfigMap')) {
      if (read.has(`${namespaceOf(map)}/${map.metadata.name}`)) continue;
      report(
        map,
        ['metadata', 'name'],
        'is read by no pod',
        'a pod that mounts it or takes variables from it, or no such ConfigMap',
      );
    }
  },
};
