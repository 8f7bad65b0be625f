import { bytes, millicores } from '../../tools/parse/quantity';
import type { Cluster } from '../schema';

/** kubeadm wants 1,700 MiB beside the kernel; below 2 GiB a control plane swaps or dies under its first load. */
const LEAST_MEMORY = '2Gi';
/** kubeadm's own check (NumCPU). */
const LEAST_CPU = '2';

/** Faults of the machines themselves: names, sizes, a number that has no majority, a worker without address. */
export function* machineFaults(where: string, spec: Cluster): Generator<string> {
  yield* twice(where, spec);
  if (spec.build.by !== 'kubeadm') return;
  const { controlPlanes } = spec.build;
  if (controlPlanes.length % 2 === 0) {
    yield `${where}.build.controlPlanes: ${controlPlanes.length} members of etcd tolerate as many failures as ${controlPlanes.length - 1}, and there is one more to fail; expected an odd number`;
  }
  for (const [index, { address }] of spec.workers.entries()) {
    if (!address)
      yield `${where}.workers.${index}.address: is missing; expected its address, for kubeadm makes the cluster`;
  }
  yield* small(`${where}.build.controlPlanes`, controlPlanes);
  yield* small(`${where}.workers`, spec.workers);
}

type Sized = { readonly cpu: string; readonly memory: string };

function* small(list: string, machines: readonly Sized[]): Generator<string> {
  for (const [index, { cpu, memory }] of machines.entries()) {
    if ((bytes(memory) ?? 0) < (bytes(LEAST_MEMORY) ?? 0)) {
      yield `${list}.${index}.memory: ${memory} is too little; expected at least ${LEAST_MEMORY}`;
    }
    if ((millicores(cpu) ?? 0) < (millicores(LEAST_CPU) ?? 0)) {
      yield `${list}.${index}.cpu: ${cpu} is too little; expected at least ${LEAST_CPU}: kubeadm refuses less`;
    }
  }
}

/** Names are host names, node names and folders: one for each machine. */
function* twice(where: string, { build, workers }: Cluster): Generator<string> {
  const balancing = build.by === 'kubeadm' && 'machines' in build.balancing ? build.balancing.machines : [];
  const controlPlanes = build.by === 'kubeadm' ? build.controlPlanes : [];
  const named = [
    ...balancing.map(({ name }, index) => ({ field: `build.balancing.machines.${index}`, name })),
    ...controlPlanes.map(({ name }, index) => ({ field: `build.controlPlanes.${index}`, name })),
    ...workers.map(({ name }, index) => ({ field: `workers.${index}`, name })),
  ];
  for (const [index, { field, name }] of named.entries()) {
    if (named.findIndex((other) => other.name === name) < index) {
      yield `${where}.${field}.name: "${name}" stands twice; expected a name of its own for each machine`;
    }
  }
}
