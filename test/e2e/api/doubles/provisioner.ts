import type { Api, LiveObject } from '../../../../tools/deploy/api/client';
import { Unreachable } from '../../../../tools/deploy/api/error';

interface Claim extends LiveObject {
  readonly spec: {
    readonly storageClassName?: string;
    readonly volumeName?: string;
    readonly accessModes: readonly string[];
    readonly resources: { readonly requests: { readonly storage: string } };
  };
}

interface Class extends LiveObject {
  readonly provisioner: string;
  readonly reclaimPolicy?: string;
  readonly volumeBindingMode?: string;
}

/** The scheduler's word for where a claim's first pod runs. */
const SELECTED = 'volume.kubernetes.io/selected-node';

/**
 * Double of a CSI driver's provisioner: makes a volume for each claim that waits for one, once a node is selected where
 * the class wants that. The real control plane binds them. Classes without a provisioner are left alone.
 */
export function startProvisioner(api: Api): { stop(): void } {
  let stopped = false;
  const said = new Set<string>();
  const complain = (text: string) => {
    if (!said.has(text)) process.stderr.write(text);
    said.add(text);
  };
  const turn = async () => {
    // While the API server restarts, nothing can be provisioned; the next turn does it.
    await provision(api).catch((error) => {
      if (!(error instanceof Unreachable)) complain(`provisioner double: ${error.message}\n`);
    });
    if (!stopped) timer = setTimeout(turn, 200);
  };
  let timer = setTimeout(turn, 0);
  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

async function provision(api: Api): Promise<void> {
  const claims = (await api.list<Claim>('/api/v1/persistentvolumeclaims')).filter(({ spec }) => !spec.volumeName);
  if (claims.length === 0) return;
  const classes = await api.list<Class>('/apis/storage.k8s.io/v1/storageclasses');
  for (const claim of claims) {
    const known = classes.find(({ metadata }) => metadata.name === claim.spec.storageClassName);
    if (known === undefined || known.provisioner === 'kubernetes.io/no-provisioner') continue;
    const node = claim.metadata.annotations?.[SELECTED];
    if (known.volumeBindingMode === 'WaitForFirstConsumer' && node === undefined) continue;
    const zone = node && (await api.get(`/api/v1/nodes/${node}`)).metadata.labels?.['topology.kubernetes.io/zone'];
    await api.apply(volumeFor(claim, known, zone), { manager: 'provisioner' });
  }
}

/** A disk that exists in one zone, as a cloud's do. */
const volumeFor = ({ metadata, spec }: Claim, known: Class, zone: string | undefined) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: {
    name: `pvc-${metadata.uid}`,
    annotations: { 'pv.kubernetes.io/provisioned-by': known.provisioner },
  },
  spec: {
    capacity: { storage: spec.resources.requests.storage },
    accessModes: spec.accessModes,
    storageClassName: known.metadata.name,
    persistentVolumeReclaimPolicy: known.reclaimPolicy ?? 'Delete',
    csi: { driver: known.provisioner.replace('/', '.'), volumeHandle: `vol-${metadata.uid}` },
    claimRef: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      namespace: metadata.namespace,
      name: metadata.name,
      uid: metadata.uid,
    },
    ...(zone !== undefined && {
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'topology.kubernetes.io/zone', operator: 'In', values: [zone] }] },
          ],
        },
      },
    }),
  },
});
