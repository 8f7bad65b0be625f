import { k8s } from 'cdk8s-plus-28';
import type { Site } from '../environments/workload';
import { selectorLabels } from './naming';
import { labelsOf, type PodSpec, podTemplate, renderSurroundings } from './workload';

/** Where a stateful workload keeps its data. */
export interface Data {
  readonly mountPath: string;
  /** Size of the claim. Claims are immutable: a larger one means growing the volume by hand first. */
  readonly size: string;
}

/** A sub-folder, because a fresh ext4 volume holds `lost+found` and databases refuse a folder that is not empty. */
const DATA_FOLDER = 'data';

/** One pod with a volume that outlives it, behind a headless Service, which gives it the stable name `<name>`. */
export function renderStatefulWorkload(site: Site, pod: PodSpec, data: Data): void {
  const { environment, chart } = site;
  const { name } = pod;
  const labels = labelsOf(environment, pod);
  const metadata = { name, namespace: environment.namespace, labels };
  renderSurroundings(site, name, labels);
  new k8s.KubeService(chart, 'service', {
    metadata,
    spec: {
      clusterIp: 'None',
      selector: selectorLabels(name),
      ports: Object.entries(pod.ports).map(
        ([port, number]): k8s.ServicePort => ({
          name: port,
          port: number,
          targetPort: k8s.IntOrString.fromString(port),
          protocol: 'TCP',
        }),
      ),
    },
  });
  new k8s.KubeStatefulSet(chart, 'statefulset', {
    metadata,
    spec: {
      serviceName: name,
      replicas: 1,
      selector: { matchLabels: selectorLabels(name) },
      podManagementPolicy: 'OrderedReady',
      updateStrategy: { type: 'RollingUpdate' },
      revisionHistoryLimit: 5,
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      template: podTemplate(environment, {
        ...pod,
        mounts: [...(pod.mounts ?? []), { name: 'data', mountPath: data.mountPath, subPath: DATA_FOLDER }],
      }),
      volumeClaimTemplates: [
        {
          metadata: { name: 'data', labels: selectorLabels(name) },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: environment.storage.class,
            resources: { requests: { storage: k8s.Quantity.fromString(data.size) } },
          },
        },
      ],
    },
  });
}
