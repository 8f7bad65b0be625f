import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { join } from 'node:path';
import execa from 'execa';
import { load } from 'js-yaml';
import { type Running, start, until } from '../../../e2e/api/harness/process';

/** An etcd and an API server that run as kubeadm's manifests say. */
export interface Stand {
  /** Folder that is their `/`. */
  readonly root: string;
  readonly apiServer: Running;
  /** As the cluster's administrator. @param input standard input */
  kubectl(words: readonly string[], input?: string): Promise<{ exitCode: number; stdout: string; stderr: string }>;
  /** What etcd holds under a key, as it lies on disk. */
  stored(key: string): Promise<string>;
  /** Entries of the audit log. */
  audited(): readonly AuditEvent[];
  /** The status that a stranger is answered with, on a connection of its own; undefined where nobody answers. */
  status(path: string): Promise<number | undefined>;
}

export interface AuditEvent {
  readonly level: string;
  readonly verb: string;
  readonly requestURI: string;
  readonly objectRef?: { readonly resource: string; readonly name?: string };
  readonly requestObject?: unknown;
}

export type Flags = readonly string[];

/** Runs something with a stand that is gone afterwards. @param change what is planted in the API server's flags. */
export async function withStand<Result>(
  root: string,
  address: string,
  change: (flags: Flags) => Flags,
  run: (stand: Stand) => Promise<Result>,
): Promise<Result> {
  const running: Running[] = [];
  for (const left of ['var/lib/etcd', 'var/log/kubernetes/audit']) {
    rmSync(join(root, left), { recursive: true });
    mkdirSync(join(root, left), { mode: 0o700 });
  }
  const launch = (component: string, flags: Flags): Running => {
    const program = start(mkdtempSync(join(root, 'tmp/log-')), 'chroot', [root, ...flags]);
    running.push(program);
    return { ...program, name: component };
  };
  try {
    launch('etcd', flagsOf(root, 'etcd'));
    const stand = standOf(root, address, launch('kube-apiserver', change(flagsOf(root, 'kube-apiserver'))));
    await until('strangers are told that the API server is ready', async () => (await stand.status('/readyz')) === 200);
    return await run(stand);
  } catch (error) {
    const logs = running.map(({ log }) => readFileSync(log, 'utf8').split('\n').slice(-8).join('\n'));
    throw new Error([(error as Error).message, ...logs].join('\n'));
  } finally {
    for (const program of running.reverse()) await program.stop('SIGKILL');
  }
}

/** Program and flags of a static pod, as kubeadm wrote them. */
function flagsOf(root: string, component: string): Flags {
  const manifest = load(readFileSync(join(root, `etc/kubernetes/manifests/${component}.yaml`), 'utf8')) as {
    readonly spec: { readonly containers: readonly { readonly command: readonly string[] }[] };
  };
  const [program, ...flags] = manifest.spec.containers[0]?.command ?? [];
  return [`/${program}`, ...flags];
}

function standOf(root: string, address: string, apiServer: Running): Stand {
  const pki = (name: string) => join(root, 'etc/kubernetes/pki', name);
  const admin = [`--kubeconfig=${join(root, 'etc/kubernetes/super-admin.conf')}`, `--server=https://${address}:6443`];
  const etcdctl = [
    `--endpoints=https://${address}:2379`,
    `--cacert=${pki('etcd/ca.crt')}`,
    `--cert=${pki('etcd/healthcheck-client.crt')}`,
    `--key=${pki('etcd/healthcheck-client.key')}`,
  ];
  return {
    root,
    apiServer,
    kubectl: (words, input) => execa('kubectl', [...admin, ...words], { input, reject: false }),
    stored: async (key) => (await execa('etcdctl', [...etcdctl, 'get', '--print-value-only', key])).stdout,
    audited: () =>
      readFileSync(join(root, 'var/log/kubernetes/audit/audit.log'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as AuditEvent),
    status: (path) => statusOf(address, path, readFileSync(pki('ca.crt'), 'utf8')),
  };
}

/** Asked by the name that stands in kubeconfigs, which the certificate has to bear. */
const statusOf = (host: string, path: string, ca: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    const agent = new Agent({ keepAlive: false });
    const request = get({ host, port: 6443, path, ca, agent, servername: 'api.lab.example.com', timeout: 2_000 });
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });
