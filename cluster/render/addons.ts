import { isOnMachines, type MachineCluster } from '../machines';
import { calico } from './addons/calico';
import { ingressValues } from './addons/ingress';
import { type AddOn, addOnsOf } from './addons/manifests';
import { metallb } from './addons/metallb';
import type { RenderedFile, Target } from './file';
import { table } from './nodes';
import { yaml } from './yaml';

/** What is installed into a cluster, in order, and what slipway says to it. */
export const addons: Target = (cluster) => {
  const network = file('calico.yaml', yaml(...calico(cluster)));
  // kind's documentation says how its ingress controller is installed, and nothing else stands there.
  if (!isOnMachines(cluster)) return [network];
  return [
    network,
    file('manifests.tsv', table(['step', 'name', 'how', 'namespace', 'wait', 'own'], addOnsOf(cluster).map(row))),
    ...metallbOf(cluster),
    ...ingressOf(cluster),
  ];
};

const file = (name: string, content: string): RenderedFile => ({ path: `addons/${name}`, content });

/** `-` where there is nothing: `read` runs empty fields together. */
const row = ({ step, name, how, namespace = '-', wait = '-', own = '-' }: AddOn): string[] => [
  step,
  name,
  how,
  namespace,
  wait,
  own,
];

const metallbOf = ({ metallbPool, build }: MachineCluster): RenderedFile[] =>
  metallbPool ? [file('metallb.yaml', yaml(...metallb(metallbPool, build.interface)))] : [];

const ingressOf = (cluster: MachineCluster): RenderedFile[] =>
  cluster.ingressController
    ? [
        file(
          `${cluster.ingressController.implementation}.values.yaml`,
          yaml(ingressValues(cluster, cluster.ingressController.implementation)),
        ),
      ]
    : [];
