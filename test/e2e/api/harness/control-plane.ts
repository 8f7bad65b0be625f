import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { join } from 'node:path';
import { type Pods, preparePods } from '../doubles/pods';
import { ADDRESS, CERTIFICATES, RUN } from './addresses';
import { adminKubeconfig } from './certificates';
import { type Running, start, until } from './process';

/** The programs of a control plane, and kwok, which plays the kubelets. */
export interface ControlPlane {
  readonly folder: string;
  readonly apiServer: Running;
  readonly controllerManager: Running;
  readonly scheduler: Running;
  readonly kwok: Running;
  /** What runs in pods: kwok plays that too. */
  readonly pods: Pods;
  /** Waits until the API server answers that it is ready. */
  ready(): Promise<void>;
  stop(): Promise<void>;
}

/** Where the API server itself listens; the kubeconfig of a test's client names the relay instead. */
export const API_SERVER = { host: ADDRESS.apiServer, port: 6443 } as const;

const STAGES = join(__dirname, '../stages');
const pki = (name: string): string => join(CERTIFICATES, name);

/** Starts everything with an empty etcd. */
export async function startControlPlane(): Promise<ControlPlane> {
  const folder = mkdtempSync(join(RUN, 'cluster-'));
  mkdirSync(join(folder, 'etcd'), { mode: 0o700 });
  const admin = join(folder, 'direct.conf');
  writeFileSync(admin, adminKubeconfig(`https://${API_SERVER.host}:${API_SERVER.port}`), { mode: 0o600 });

  const etcd = start(folder, 'etcd', etcdWords(join(folder, 'etcd')));
  const apiServer = start(folder, 'kube-apiserver', apiServerWords());
  const agent = new Agent({ rejectUnauthorized: false });
  const ready = () => until('the API server is ready', () => answers('/readyz', agent));
  await ready();
  const controllerManager = start(folder, 'kube-controller-manager', controllerManagerWords());
  const scheduler = start(folder, 'kube-scheduler', schedulerWords());
  const pods = preparePods(folder);
  const kwok = start(folder, 'kwok', [...kwokWords(admin), `--config=${pods.file}`], { PATH: pods.path });

  return {
    folder,
    apiServer: { ...apiServer, restart: (signal) => apiServer.restart(signal).then(ready) },
    controllerManager,
    scheduler,
    kwok,
    pods,
    ready,
    stop: async () => {
      agent.destroy();
      // Nothing of it is needed again: SIGTERM would wait for leases, watches and snapshots.
      for (const program of [kwok, scheduler, controllerManager, apiServer, etcd]) await program.stop('SIGKILL');
    },
  };
}

const answers = (path: string, agent: Agent): Promise<boolean> =>
  new Promise((resolve) => {
    get({ ...API_SERVER, path, agent, timeout: 2_000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    })
      .on('timeout', function (this: { destroy(): void }) {
        this.destroy();
      })
      .on('error', () => resolve(false));
  });

/** What is written need not survive a power cut. */
const etcdWords = (folder: string): string[] => [
  `--data-dir=${folder}`,
  '--unsafe-no-fsync',
  '--listen-client-urls=http://127.0.0.1:2379',
  '--advertise-client-urls=http://127.0.0.1:2379',
  '--listen-peer-urls=http://127.0.0.1:2380',
  '--log-level=error',
];

/** As kubeadm starts it; admission plug-ins are those that are on unless somebody turns them off, and NodeRestriction. */
const apiServerWords = (): string[] => [
  `--advertise-address=${API_SERVER.host}`,
  `--bind-address=${API_SERVER.host}`,
  `--secure-port=${API_SERVER.port}`,
  '--etcd-servers=http://127.0.0.1:2379',
  '--authorization-mode=Node,RBAC',
  '--enable-admission-plugins=NodeRestriction',
  '--enable-aggregator-routing=true',
  '--allow-privileged=true',
  '--service-cluster-ip-range=10.96.0.0/16',
  '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
  `--service-account-key-file=${pki('sa.pub')}`,
  `--service-account-signing-key-file=${pki('sa.key')}`,
  `--client-ca-file=${pki('ca.crt')}`,
  `--tls-cert-file=${pki('apiserver.crt')}`,
  `--tls-private-key-file=${pki('apiserver.key')}`,
  `--kubelet-client-certificate=${pki('apiserver-kubelet-client.crt')}`,
  `--kubelet-client-key=${pki('apiserver-kubelet-client.key')}`,
  '--kubelet-preferred-address-types=InternalIP',
  `--requestheader-client-ca-file=${pki('front-proxy-ca.crt')}`,
  '--requestheader-allowed-names=front-proxy-client',
  '--requestheader-username-headers=X-Remote-User',
  '--requestheader-group-headers=X-Remote-Group',
  '--requestheader-extra-headers-prefix=X-Remote-Extra-',
  `--proxy-client-cert-file=${pki('front-proxy-client.crt')}`,
  `--proxy-client-key-file=${pki('front-proxy-client.key')}`,
];

/**
 * As kubeadm starts it; the autoscaler looks every second, and shrinks without the usual five minutes. At twenty requests
 * a second, the controllers' own accounts alone would take five seconds.
 */
const controllerManagerWords = (): string[] => [
  ...kubeconfigs('controller-manager.conf'),
  '--leader-elect=false',
  '--use-service-account-credentials=true',
  `--service-account-private-key-file=${pki('sa.key')}`,
  `--root-ca-file=${pki('ca.crt')}`,
  '--controllers=*',
  '--kube-api-qps=200',
  '--kube-api-burst=400',
  '--pvclaimbinder-sync-period=1s',
  '--horizontal-pod-autoscaler-sync-period=1s',
  '--horizontal-pod-autoscaler-cpu-initialization-period=1s',
  '--horizontal-pod-autoscaler-initial-readiness-delay=1s',
  '--horizontal-pod-autoscaler-downscale-stabilization=5s',
];

const schedulerWords = (): string[] => [...kubeconfigs('scheduler.conf'), '--leader-elect=false'];

const kubeconfigs = (name: string): string[] =>
  ['kubeconfig', 'authentication-kubeconfig', 'authorization-kubeconfig'].map((flag) => `--${flag}=${pki(name)}`);

/** Without a lease of 40 s, nodes turn NotReady now and then. */
const kwokWords = (kubeconfig: string): string[] => [
  `--kubeconfig=${kubeconfig}`,
  '--manage-all-nodes',
  '--node-lease-duration-seconds=40',
  '--cidr=10.244.0.0/16',
  `--node-ip=${ADDRESS.nodes}`,
  '--node-port=10250',
  `--server-address=${ADDRESS.nodes}:10250`,
  `--tls-cert-file=${pki('apiserver.crt')}`,
  `--tls-private-key-file=${pki('apiserver.key')}`,
  ...readdirSync(STAGES)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => `--config=${join(STAGES, file)}`),
];
