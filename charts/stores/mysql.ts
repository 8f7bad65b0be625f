import { k8s } from 'cdk8s-plus-28';
import * as z from 'zod';
import { bytes } from '../../tools/parse/quantity';
import type { SecretKey, Site } from '../environments/workload';
import { renderStatefulWorkload } from '../lib/stateful-workload';
import { store } from '../lib/store';
import { labelsOf, type Resources } from '../lib/workload';

const NAME = 'mysql';
const PORT = 3306;
const IMAGE = { stock: 'mysql:8.4.9@sha256:c36050afdca850f23cef85703f84c7531a5ae155a11b5ee1c60acb09937c4084' };
/** Share of the memory limit for InnoDB's buffer pool; connections, sorts and temporary tables take the rest. */
const BUFFER_POOL_SHARE = 0.5;
const SCRIPTS = '/etc/slipway';
/** `rotate.sh` changes a password in the running database, which reads the Secret at its first start alone. */
const passwordOf = (key: string): SecretKey => ({
  secret: NAME,
  key,
  rotation: { pod: `${NAME}-0`, container: NAME, command: ['sh', `${SCRIPTS}/rotate.sh`, key] },
});
const PASSWORDS = { MYSQL_ROOT_PASSWORD: passwordOf('root_pass'), MYSQL_PASSWORD: passwordOf('password') };

const identifier = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,30}$/, 'is not a name of a–z, 0–9 and "_", beginning with a letter, at most 31 long');

/**
 * MySQL with its data on a volume, one database and one user, made at the first start.
 * Later changes of the Secret change nothing: the image reads it once. `slipway secrets --rotate` changes both.
 */
export const mysql = store(NAME, { user: identifier, database: identifier }, (props) => {
  const names = { mysql_user: props.user, mysql_database: props.database };
  const scripts = { 'my.cnf': myCnf(props.resources), 'probe.sh': PROBE, 'rotate.sh': ROTATE };
  return {
    ports: [PORT],
    calls: [],
    entrances: [],
    nodePorts: [],
    secrets: () => Object.values(PASSWORDS),
    configMaps: { [NAME]: names },
    images: [IMAGE],
    render: (site) => renderMysql(site, props.resources, props.storage, { ...names, ...scripts }),
  };
});

function renderMysql(site: Site, resources: Resources, storage: string, config: Record<string, string>): void {
  const { environment, chart } = site;
  const identity = { name: NAME, component: 'store', image: IMAGE };
  new k8s.KubeConfigMap(chart, 'config', {
    metadata: { name: NAME, namespace: environment.namespace, labels: labelsOf(environment, identity) },
    data: config,
  });
  const named = (name: string, key: string): k8s.EnvVar => ({
    name,
    valueFrom: { configMapKeyRef: { name: NAME, key } },
  });
  const query = { exec: { command: ['sh', `${SCRIPTS}/probe.sh`] }, timeoutSeconds: 5 };
  renderStatefulWorkload(
    site,
    {
      ...identity,
      ports: { mysql: PORT },
      env: [
        named('MYSQL_USER', 'mysql_user'),
        named('MYSQL_DATABASE', 'mysql_database'),
        // Root stays inside the pod; the image would let it in from everywhere.
        { name: 'MYSQL_ROOT_HOST', value: 'localhost' },
      ],
      secrets: PASSWORDS,
      probes: {
        // Ten minutes: an initialisation that is killed half-way leaves a database without users that is never repaired.
        startup: { ...query, periodSeconds: 5, failureThreshold: 120 },
        liveness: {
          tcpSocket: { port: k8s.IntOrString.fromString('mysql') },
          periodSeconds: 10,
          timeoutSeconds: 3,
          failureThreshold: 6,
        },
        readiness: { ...query, periodSeconds: 10, failureThreshold: 2 },
      },
      resources,
      writable: { '/var/run/mysqld': '16Mi', '/tmp': '128Mi' },
      volumes: [
        { name: 'config', configMap: { name: NAME, items: [{ key: 'my.cnf', path: 'slipway.cnf' }] } },
        {
          name: 'scripts',
          configMap: { name: NAME, items: ['probe.sh', 'rotate.sh'].map((script) => ({ key: script, path: script })) },
        },
      ],
      mounts: [
        { name: 'config', mountPath: '/etc/mysql/conf.d', readOnly: true },
        { name: 'scripts', mountPath: SCRIPTS, readOnly: true },
      ],
      // InnoDB writes its buffer pool back before it stops.
      graceSeconds: 120,
      config,
    },
    { mountPath: '/var/lib/mysql', size: storage },
  );
}

const myCnf = ({ memory: [, limit] }: Resources): string => `\
[mysqld]
innodb_buffer_pool_size = ${Math.floor((bytes(limit) ?? 0) * BUFFER_POOL_SHARE)}
# Clients are known by password and policy; a reverse lookup would need DNS, which the policy denies.
skip_name_resolve = ON
# The X protocol would be a second port that nobody asked for.
mysqlx = OFF
`;

const PROBE = `\
# A real query over TCP as the application's user. The socket answers during initialisation already,
# and \`mysqladmin ping\` succeeds even where access is denied.
set -eu
if [ -n "\${MYSQL_PASSWORD_FILE:-}" ]; then
  MYSQL_PWD="$(cat "$MYSQL_PASSWORD_FILE")"
else
  MYSQL_PWD="$MYSQL_PASSWORD"
fi
export MYSQL_PWD
exec mysql --host=127.0.0.1 --port="\${MYSQL_TCP_PORT:-${PORT}}" --user="$MYSQL_USER" --execute='SELECT 1' "$MYSQL_DATABASE"
`;

const ROTATE = `\
# Changes a password: \`rotate.sh password\` that of the application's user, \`rotate.sh root_pass\` that of root.
# Reads the new one from the first line of stdin, the one before it from the second. No password is ever an argument.
set -eu
IFS= read -r new
IFS= read -r before
if [ -z "$new" ]; then
  printf 'rotate: the new password is empty\\n' >&2
  exit 1
fi

# root PASSWORD: runs the statements of stdin. What follows "near" in a message is a piece of a statement.
root() {
  if ! said="$(MYSQL_PWD="$1" mysql --no-auto-rehash --default-character-set=utf8mb4 --user=root \\
    --protocol=socket --socket="\${MYSQL_UNIX_PORT:-/var/run/mysqld/mysqld.sock}" 2>&1)"; then
    printf 'rotate: %s\\n' "\${said%% near *}" >&2
    return 1
  fi
}

# A text as SQL writes it where no sql_mode changes its meaning.
quoted() {
  printf "'"
  printf '%s' "$1" | sed -e 's/\\\\/\\\\\\\\/g' -e "s/'/''/g"
  printf "'"
}

statements() {
  printf "SET SESSION sql_mode = '';\\n"
  printf 'ALTER USER %s IDENTIFIED BY %s;\\n' "$1" "$(quoted "$new")"
}

case "\${1:-}" in
password)
  if [ -n "\${MYSQL_ROOT_PASSWORD_FILE:-}" ]; then
    MYSQL_ROOT_PASSWORD="$(cat "$MYSQL_ROOT_PASSWORD_FILE")"
  fi
  statements "'$MYSQL_USER'@'%'" | root "$MYSQL_ROOT_PASSWORD"
  ;;
root_pass)
  # Whoever was broken off after the change comes again with the same password, which holds by then.
  echo 'SELECT 1;' | root "$before" 2>/dev/null || before="$new"
  statements "'root'@'localhost'" | root "$before"
  ;;
*)
  printf 'rotate: unknown password %s; expected password or root_pass\\n' "\${1:-}" >&2
  exit 1
  ;;
esac
`;
