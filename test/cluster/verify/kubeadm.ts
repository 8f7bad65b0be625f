import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import execa from 'execa';
import { dump, load, loadAll } from 'js-yaml';
import { findingsOf } from './findings';
import { type InitialisedRoot, withInitialised, withScratch } from './kubeadm-root';

type Document = { readonly kind: string } & Readonly<Record<string, unknown>>;

/**
 * Holds every rendered kubeadm.yaml against the real kubeadm: it reads each field of all four kinds, finds planted
 * faults, names the images that the rest of the rendering names, and makes of it the certificates, manifests and
 * kubelet configuration that were meant. It does not judge values of kubelet and kube-proxy, nor flags of components:
 * types judge the former (cluster/render/kubeadm/component-configs.ts), a real API server the latter (api-server.ts).
 * @param dist dist/cluster
 * @param kubeadm the program
 * @throws Error with a line for every finding
 */
export async function verifyKubeadm(dist: string, kubeadm: string): Promise<void> {
  const files = configurationsBelow(dist);
  if (files.length === 0) throw new Error(`${dist}: holds no kubeadm.yaml`);
  await findingsOf(async (report) => {
    for (const file of files) {
      const path = join(dist, file);
      const begins = documentsOf(path).some(({ kind }) => kind === 'InitConfiguration');
      const found = [
        ...(await faultsIn(kubeadm, path)),
        ...(await uncaught(kubeadm, path)),
        ...(begins ? await imageFaults(kubeadm, dirname(path)) : []),
        ...(begins ? await withInitialised(dirname(path), kubeadm, async (root) => outcomeFaults(root)) : []),
      ];
      for (const fault of found) report(`${file}: ${fault}`);
    }
  });
}

const configurationsBelow = (dist: string): string[] =>
  readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((path) => basename(path) === 'kubeadm.yaml')
    .sort();

const documentsOf = (file: string): Document[] => loadAll(readFileSync(file, 'utf8')) as Document[];

/** Warnings count: kubeadm warns of what the next release refuses. */
async function faultsIn(kubeadm: string, file: string): Promise<string[]> {
  const { exitCode, stderr } = await execa(kubeadm, ['config', 'validate', '--config', file], { reject: false });
  return exitCode === 0 && stderr === '' ? [] : [stderr || `kubeadm ended with ${exitCode}`];
}

/** A value of the wrong type for one field of each kind. */
const WRONG: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  InitConfiguration: { localAPIEndpoint: 'here' },
  ClusterConfiguration: { apiServer: { certSANs: 'one' } },
  JoinConfiguration: { discovery: [] },
  KubeletConfiguration: { serverTLSBootstrap: 'yes' },
  KubeProxyConfiguration: { mode: {} },
};

/** Faults of every kind of a file that kubeadm does not mind: none where its verdict above means something. */
async function uncaught(kubeadm: string, file: string): Promise<string[]> {
  const documents = documentsOf(file);
  const planted = documents.flatMap((document, index) => [
    { what: `an unknown field of ${document.kind}`, documents: documents.with(index, { ...document, planted: true }) },
    {
      what: `a wrong type in ${document.kind}`,
      documents: documents.with(index, { ...document, ...(WRONG[document.kind] ?? {}) }),
    },
  ]);
  return withScratch(async (scratch) => {
    const taken: string[] = [];
    for (const { what, documents: faulty } of planted) {
      const copy = join(scratch, 'kubeadm.yaml');
      writeFileSync(copy, faulty.map((one) => dump(one)).join('---\n'));
      if ((await faultsIn(kubeadm, copy)).length === 0) taken.push(`kubeadm minds not ${what}`);
    }
    return taken;
  });
}

/** What kubeadm pulls has to be what containerd holds pods by, and what the tools of etcd are made for. */
async function imageFaults(kubeadm: string, folder: string): Promise<string[]> {
  const words = ['config', 'images', 'list', '--config', join(folder, 'kubeadm.yaml')];
  const images = (await execa(kubeadm, words)).stdout.split('\n');
  const image = (name: string) => images.find((one) => one.startsWith(`registry.k8s.io/${name}:`)) ?? `no ${name}`;
  const containerd = readFileSync(join(folder, 'root/etc/containerd/config.toml'), 'utf8');
  const downloads = readFileSync(join(folder, '../../downloads.tsv'), 'utf8');
  const tools = /^etcd\t(\S+)\t/m.exec(downloads)?.[1];
  return [
    ...(containerd.includes(`"${image('pause')}"`) ? [] : [`containerd's config.toml names no ${image('pause')}`]),
    ...(image('etcd').startsWith(`registry.k8s.io/etcd:${tools}-`)
      ? []
      : [`downloads.tsv has etcd ${tools}; kubeadm runs ${image('etcd')}`]),
  ];
}

/** What kubeadm made of the file, against what the file says. */
function outcomeFaults({ folder, cluster, init }: InitialisedRoot): string[] {
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const certificate = new X509Certificate(read('/etc/kubernetes/pki/apiserver.crt'));
  const isGoodFor = (name: string) =>
    /^[\d.]+$|:/.test(name) ? certificate.checkIP(name) : certificate.checkHost(name);
  const names = [...cluster.apiServer.certSANs, init.nodeRegistration.name, init.localAPIEndpoint.advertiseAddress];
  const command = (component: string): string[] =>
    (load(read(`/etc/kubernetes/manifests/${component}.yaml`)) as StaticPod).spec.containers[0]?.command ?? [];
  const missing = (component: string, args: readonly { readonly name: string; readonly value: string }[]) =>
    args
      .map(({ name, value }) => `--${name}=${value}`)
      .filter((flag) => !command(component).includes(flag))
      .map((flag) => `${component} is not started with ${flag}`);
  const patch = load(read('/etc/kubernetes/patches/kubeletconfiguration+merge.yaml')) as Document;
  const kubelet = load(read('/var/lib/kubelet/config.yaml')) as Document;
  return [
    ...names.filter((name) => !isGoodFor(name)).map((name) => `the API server's certificate is not good for ${name}`),
    ...(certificate.publicKey.asymmetricKeyType === 'ec' ? [] : ["the API server's key is not of an elliptic curve"]),
    ...missing('kube-apiserver', cluster.apiServer.extraArgs),
    ...missing('kube-controller-manager', cluster.controllerManager.extraArgs),
    ...missing('kube-scheduler', cluster.scheduler.extraArgs),
    ...missing('etcd', cluster.etcd.local.extraArgs),
    ...(JSON.stringify(kubelet.kubeReserved) === JSON.stringify(patch.kubeReserved)
      ? []
      : [`the kubelet keeps ${JSON.stringify(kubelet.kubeReserved)}, not ${JSON.stringify(patch.kubeReserved)}`]),
    ...(kubelet.serverTLSBootstrap === true ? [] : ['the kubelet asks for no serving certificate']),
    ...init.nodeRegistration.kubeletExtraArgs
      .filter(({ name, value }) => !read('/var/lib/kubelet/kubeadm-flags.env').includes(`--${name}=${value}`))
      .map(({ name, value }) => `the kubelet is not started with --${name}=${value}`),
  ];
}

interface StaticPod {
  readonly spec: { readonly containers: readonly { readonly command: string[] }[] };
}
