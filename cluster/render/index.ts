import { compareText } from '../../tools/render/order';
import type { Cluster } from '../schema';
import { addons } from './addons';
import { aws } from './aws';
import { containerd } from './containerd';
import { downloads } from './downloads';
import type { RenderedFile, Target } from './file';
import { haproxy } from './haproxy';
import { keepalived } from './keepalived';
import { virtualRouterCollisions } from './keepalived/virtual-router';
import { kind } from './kind';
import { kops } from './kops';
import { kubeadm } from './kubeadm';
import { kubernetes } from './kubernetes';
import { nodes } from './nodes';
import { vagrant } from './vagrant';

const TARGETS: readonly Target[] = [
  nodes,
  downloads,
  haproxy,
  keepalived,
  containerd,
  kubeadm,
  kubernetes,
  addons,
  vagrant,
  kind,
  kops,
  aws,
];

/** Everything that a cluster is built from, by path below dist/cluster/<cluster>. */
export function renderCluster(cluster: Cluster): readonly RenderedFile[] {
  return TARGETS.flatMap((target) => target(cluster)).sort((a, b) => compareText(a.path, b.path));
}

/** Faults between clusters that are each right. */
export const clashes: (clusters: readonly Cluster[]) => Iterable<string> = virtualRouterCollisions;
