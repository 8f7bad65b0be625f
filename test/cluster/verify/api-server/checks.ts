import { silentServerDetection } from '../../../../cluster/render/failover';
import { SERVER_CHECK } from '../../../../cluster/render/haproxy';
import type { AuditEvent, Stand } from './stand';

/** What was promised; says what is not so. The last one ends the API server. */
export type Check = (stand: Stand) => Promise<string | undefined>;

const SECRET = 'this must not be read anywhere';

/** Objects that the checks look for, made before them. */
export async function prepare({ kubectl }: Stand): Promise<void> {
  for (const words of [
    ['create', 'secret', 'generic', 'proof', `--from-literal=password=${SECRET}`],
    ['create', 'configmap', 'proof', `--from-literal=password=${SECRET}`],
    ['create', 'clusterrolebinding', 'proof', '--clusterrole=view', '--user=jane'],
    ['create', 'serviceaccount', 'default', '--namespace=default'],
    ['create', 'serviceaccount', 'default', '--namespace=kube-system'],
  ]) {
    const { exitCode, stderr } = await kubectl(words);
    if (exitCode !== 0) throw new Error(`kubectl ${words.slice(0, 3).join(' ')}: ${stderr}`);
  }
}

export const CHECKS = {
  'Secrets lie encrypted in etcd': async ({ stored }) => {
    const [secret, plain] = [
      await stored('/registry/secrets/default/proof'),
      await stored('/registry/configmaps/default/proof'),
    ];
    if (!plain.includes(SECRET)) return 'the ConfigMap beside it cannot be read either: nothing is proven';
    return secret.startsWith('k8s:enc:secretbox:v1:') && !secret.includes(SECRET) ? undefined : 'it can be read';
  },
  'the audit log has who made a Secret, and nothing of its content': async ({ audited }) => {
    const made = entries(audited(), 'create', 'secrets');
    if (made.length !== 1 || made[0]?.level !== 'Metadata') return `entries: ${JSON.stringify(made)}`;
    const log = JSON.stringify(audited());
    return [SECRET, Buffer.from(SECRET).toString('base64')].some((form) => log.includes(form))
      ? 'its content is there'
      : undefined;
  },
  'the audit log has what was granted': async ({ audited }) => {
    const [made] = entries(audited(), 'create', 'clusterrolebindings').filter(
      ({ objectRef }) => objectRef?.name === 'proof',
    );
    return JSON.stringify(made?.requestObject ?? '').includes('jane') ? undefined : `entry: ${JSON.stringify(made)}`;
  },
  'the audit log has no checks of balancers': async ({ audited }) => {
    const asked = audited().filter(({ requestURI }) => requestURI === '/readyz');
    return asked.length === 0 ? undefined : `${asked.length} entries`;
  },
  'a privileged pod is refused': async (stand) => {
    const { exitCode, stderr } = await pod(stand, 'default', true);
    return exitCode !== 0 && stderr.includes('violates PodSecurity "baseline:v1.36"')
      ? undefined
      : `kubectl: ${stderr}`;
  },
  'a pod that is less than restricted is taken with a warning': async (stand) => {
    const { exitCode, stderr } = await pod(stand, 'default', false);
    return exitCode === 0 && stderr.includes('would violate PodSecurity "restricted:v1.36"')
      ? undefined
      : `kubectl: ${stderr}`;
  },
  'an add-on that needs the machine may have it': async (stand) => {
    const { exitCode, stderr } = await pod(stand, 'kube-system', true);
    return exitCode === 0 ? undefined : `kubectl: ${stderr}`;
  },
  'nobody reads its memory, not even an administrator': async ({ kubectl }) => {
    const { exitCode, stderr } = await kubectl(['get', '--raw', '/debug/pprof/']);
    return exitCode !== 0 && stderr.includes('NotFound') ? undefined : `kubectl: ${stderr || 'an answer'}`;
  },
  'when it ends, it says so and serves on until HAProxy has noticed': async ({ apiServer, status }) => {
    const told = performance.now();
    const ended = apiServer.stop('SIGTERM');
    const said = await afterOk(() => status('/readyz'));
    await afterOk(() => status('/version'));
    const served = Math.round(performance.now() - told);
    await ended;
    const needed = silentServerDetection(SERVER_CHECK);
    if (said !== 500) return `it said ${said ?? 'nothing'}`;
    return served >= needed ? undefined : `it served on for ${served} ms; HAProxy needs ${needed}`;
  },
} as const satisfies Readonly<Record<string, Check>>;

const entries = (all: readonly AuditEvent[], verb: string, resource: string) =>
  all.filter((event) => event.verb === verb && event.objectRef?.resource === resource);

/** The status that follows 200; asked again and again, for longer than the API server lives. */
async function afterOk(ask: () => Promise<number | undefined>): Promise<number | undefined> {
  const end = performance.now() + 10_000;
  while (performance.now() < end) {
    const status = await ask();
    if (status !== 200) return status;
  }
  return 200;
}

const pod = ({ kubectl }: Stand, namespace: string, privileged: boolean) =>
  kubectl(
    ['create', '--dry-run=server', `--namespace=${namespace}`, '--filename=-'],
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'proof' },
      spec: { containers: [{ name: 'proof', image: 'registry.example.com/proof', securityContext: { privileged } }] },
    }),
  );
