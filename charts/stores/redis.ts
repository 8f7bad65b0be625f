import { k8s } from 'cdk8s-plus-28';
import { bytes } from '../../tools/parse/quantity';
import type { SecretKey, Site } from '../environments/workload';
import { renderStatefulWorkload } from '../lib/stateful-workload';
import { store } from '../lib/store';
import { labelsOf, type Resources } from '../lib/workload';

const NAME = 'redis';
const PORT = 6379;
const IMAGE = { stock: 'redis:8.2.1@sha256:5fa2edb1e408fa8235e6db8fab01d1afaaae96c9403ba67b70feceb8661e8621' };
/** Share of the memory limit for data. BGSAVE and AOF rewrites copy pages that change meanwhile; the rest is theirs. */
const DATA_SHARE = 0.6;
const CONFIG = '/etc/redis';
const RUN = '/run/redis';

/**
 * Redis with an append-only file on a volume. Every workload that declares a call to it gets a user of its own,
 * limited to keys and channels that begin with `<caller>:`; the password is the key `<caller>_password` of Secret `redis`.
 */
export const redis = store(NAME, {}, (props) => ({
  ports: [PORT],
  calls: [],
  entrances: [],
  nodePorts: [],
  secrets: (callers) => callers.map(passwordOf),
  configMaps: {},
  images: [IMAGE],
  render: (site) => renderRedis(site, props.resources, props.storage),
}));

function renderRedis(site: Site, resources: Resources, storage: string): void {
  const { environment, chart, callers } = site;
  const identity = { name: NAME, component: 'store', image: IMAGE };
  const config = { 'redis.conf': redisConf(resources), 'start.sh': startScript(callers) };
  new k8s.KubeConfigMap(chart, 'config', {
    metadata: { name: NAME, namespace: environment.namespace, labels: labelsOf(environment, identity) },
    data: config,
  });
  renderStatefulWorkload(
    site,
    {
      ...identity,
      command: ['sh', `${CONFIG}/start.sh`],
      ports: { redis: PORT },
      secrets: Object.fromEntries(callers.map((caller) => [variable(caller), passwordOf(caller)])),
      probes: {
        startup: { tcpSocket: { port: k8s.IntOrString.fromString('redis') }, periodSeconds: 2, failureThreshold: 60 },
        liveness: { tcpSocket: { port: k8s.IntOrString.fromString('redis') }, periodSeconds: 10, failureThreshold: 3 },
        // redis-cli exits 0 on an error reply, such as LOADING; only PONG means ready.
        readiness: {
          exec: { command: ['sh', '-c', '[ "$(redis-cli ping)" = PONG ]'] },
          periodSeconds: 5,
          timeoutSeconds: 3,
          failureThreshold: 2,
        },
      },
      resources,
      writable: { [RUN]: '1Mi' },
      volumes: [{ name: 'config', configMap: { name: NAME } }],
      mounts: [{ name: 'config', mountPath: CONFIG, readOnly: true }],
      graceSeconds: 60,
      config,
    },
    { mountPath: '/data', size: storage },
  );
}

const passwordOf = (caller: string): SecretKey => ({ secret: NAME, key: `${caller}_password` });
const shellName = (caller: string): string => caller.replaceAll('-', '_');
const variable = (caller: string): string => `${shellName(caller).toUpperCase()}_PASSWORD`;

const redisConf = ({ memory: [, limit] }: Resources): string => `\
aclfile ${RUN}/users.acl
dir /data
appendonly yes
appendfsync everysec
save ""
maxmemory ${Math.floor((bytes(limit) ?? 0) * DATA_SHARE)}
# A full Redis refuses writes. Evicting would drop a sequence number, and numbering would restart.
maxmemory-policy noeviction
# The access list guards: protected mode would turn away everybody but loopback, because the default user has no password.
protected-mode no
`;

/** Runs in the image's sh. A password is never an argument of a process: only its hash reaches the file. */
const startScript = (callers: readonly string[]): string => `\
# Writes the access list, each password as its SHA-256, then becomes redis-server.
set -eu
umask 077

# hash USER FILE VALUE
hash() {
  password="$(if [ -n "$2" ]; then cat "$2"; else printf '%s' "$3"; fi)"
  if [ -z "$password" ]; then
    echo "redis: the password of user $1 is empty; set key $1_password of Secret ${NAME}" >&2
    return 1
  fi
  printf '%s' "$password" | sha256sum | cut -d ' ' -f 1
}

${callers.map((caller) => `${shellName(caller)}="$(hash ${caller} "\${${variable(caller)}_FILE:-}" "\${${variable(caller)}:-}")"\n`).join('')}
cat >${RUN}/users.acl <<ACL
user default on nopass resetkeys resetchannels -@all +ping
${callers.map((caller) => `user ${caller} on #\${${shellName(caller)}} resetkeys ~${caller}:* resetchannels &${caller}:* +@all -@admin -@dangerous\n`).join('')}ACL
exec redis-server ${CONFIG}/redis.conf
`;
