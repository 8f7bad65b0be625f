import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a process sees and may do. Its root is a folder; /usr/bin, /usr/lib, /etc and such are this machine's, read-only. */
export interface Cell {
  readonly root: string;
  /** Whether it may write anywhere but to /tmp. */
  readonly writable: boolean;
  /** `uid:gid` in figures. */
  readonly user: string;
  readonly folder: string;
  /** The whole environment: nothing of this process' own is added. */
  readonly env: Readonly<Record<string, string>>;
  /** Folders of this machine that it may write to, by the path at which it sees them. */
  readonly shared?: Readonly<Record<string, string>>;
}

/** Where the base image has node; this machine's stands in for it. */
export const NODE = '/usr/local/bin/node';

const MACHINE = ['/etc', '/usr/bin', '/usr/sbin', '/usr/lib', '/usr/lib32', '/usr/lib64', '/usr/share'];
const LINKS = ['bin', 'sbin', 'lib', 'lib32', 'lib64'];
const DEVICES = ['/dev/null', '/dev/zero', '/dev/random', '/dev/urandom'];

/** Mounts, then becomes the command: process 1, as in a container, where a signal that nobody listens for is lost. */
const SCRIPT = `\
set -eu
root=$1 writable=$2 mounts=$3
shift 3
mount --bind "$root" "$root"
printf '%s' "$mounts" | while read -r access from to; do
  mount --bind "$from" "$root$to"
  [ "$access" = rw ] || mount -o remount,bind,ro "$root$to"
done
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777,size=64m tmpfs "$root/tmp"
[ "$writable" = true ] || mount -o remount,bind,ro "$root"
# Not chroot: within one nobody may make a namespace of users.
cd "$root"
pivot_root . .
umount --lazy .
exec "$@"
`;

/** What runs a command in a cell. */
export function confine(
  { root, writable, user, folder, env, shared = {} }: Cell,
  command: readonly string[],
): { readonly file: string; readonly args: readonly string[]; readonly env: Cell['env'] } {
  const machine = [...MACHINE, ...DEVICES].filter((path) => existsSync(path));
  const mounts = [
    ...machine.map((path) => `ro ${path} ${path}\n`),
    `ro ${process.execPath} ${NODE}\n`,
    ...Object.entries(shared).map(([to, from]) => `rw ${from} ${to}\n`),
  ];
  layOut(root, ['/proc', '/tmp', folder, ...MACHINE, ...Object.keys(shared)]);
  const isRoot = process.getuid?.() === 0;
  const namespaces = [...(isRoot ? [] : ['--user', '--map-root-user']), '--mount', '--pid', '--fork'];
  const words = [...become(user, isRoot), 'env', `--chdir=${folder}`, ...command];
  return {
    file: '/usr/bin/unshare',
    args: [...namespaces, '/bin/sh', '-c', SCRIPT, 'cell', root, String(writable), mounts.join(''), ...words],
    env,
  };
}

/** Words before a command that give it its user, and nothing that root could do. */
function become(user: string, isRoot: boolean): string[] {
  const [uid, gid] = /^(\d+):(\d+)$/.exec(user)?.slice(1) ?? [];
  if (uid === undefined || gid === undefined) throw new Error(`user ${user}: expected uid:gid in figures`);
  if (uid === '0') return [];
  // Who is not root of the machine can only give himself another name.
  if (!isRoot) return ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`];
  const nothing = ['--clear-groups', '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all'];
  return ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, ...nothing];
}

/** Makes what is mounted upon. */
function layOut(root: string, folders: readonly string[]): void {
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true });
  for (const path of [...DEVICES, NODE].map((file) => join(root, file)).filter((file) => !existsSync(file))) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
  }
  for (const link of LINKS.filter((name) => existsSync(`/usr/${name}`) && !existsSync(join(root, name)))) {
    symlinkSync(`usr/${link}`, join(root, link));
  }
}
