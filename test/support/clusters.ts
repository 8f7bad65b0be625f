import { type Cluster, cluster } from '../../cluster/spec';
import { faultsOf } from './faults';

export type Facts = Parameters<typeof cluster>[0];
export type Cidrs = Facts['cidrs'];

export const cidrs: Cidrs = {
  api: ['192.0.2.96/29'],
  nodes: ['192.0.2.0/24'],
  pods: ['10.244.0.0/16'],
  services: ['10.96.0.0/16'],
};

export const worker = (name: string): Facts['workers'][number] => ({ name, cpu: '2', memory: '4Gi', zone: 'rack-1' });

export const minimal: Facts = {
  name: 'lab',
  apiEndpoint: { host: 'api.lab.example.com', port: 6443 },
  kubernetes: '1.36',
  cidrs,
  workers: [worker('worker-1')],
  provides: {},
};

export const clusterWith = (facts: Partial<Facts>): Cluster => cluster({ ...minimal, ...facts });

/** The faults that facts are refused with; none where they are read. Takes what the type checker would stop. */
export const faults = (facts: object): readonly string[] => faultsOf(() => cluster({ ...minimal, ...facts }));
