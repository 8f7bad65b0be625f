#!/usr/bin/env bash
# Runs a command as root of a machine that is only a folder.
#
#   unshare --mount --pid --fork --net --uts --ipc --propagation private enter.sh MACHINE COMMAND [ARGUMENT…]
#
# The namespaces are made by machine.bash. Programs come from this host's /usr, read-only; all else is the machine's own:
# disk/ (its root), kernel/ (its /proc/sys, /sys and the like, as plain files), state/ (what the fakes remember).
# The command holds no capability that reaches beyond files and its own network.
set -o errexit -o nounset -o pipefail

readonly MACHINE="$1"
shift
readonly ROOT="${MACHINE}/disk"
HARNESS="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
readonly HARNESS
SCRIPTS="${MACHINE}/scripts"
[[ -d "${SCRIPTS}" ]] || SCRIPTS="${HARNESS}/../../../cluster/scripts"
readonly SCRIPTS

# Files that the machine may write, and files that it may not.
writable() {
  mount --bind "$1" "${ROOT}$2"
}

readonly_bind() {
  mount --bind --options ro "$1" "${ROOT}$2"
}

mount_programs() {
  readonly_bind /usr /usr
  writable "${MACHINE}/usr-local" /usr/local
  writable "${MACHINE}/units" /usr/lib/systemd/system
  readonly_bind /etc/alternatives /etc/alternatives
}

mount_devices() {
  mount --types tmpfs --options mode=755 tmpfs "${ROOT}/dev"
  cp --archive /dev/{null,zero,full,random,urandom,fd,stdin,stdout,stderr} "${ROOT}/dev/"
}

# A kernel that remembers what was written to it, and is not the host's.
mount_kernel() {
  local file
  mount --types proc proc "${ROOT}/proc"
  mount --options remount,bind,ro "${ROOT}/proc"
  writable "${MACHINE}/kernel/proc-sys" /proc/sys
  for file in filesystems swaps; do
    writable "${MACHINE}/kernel/${file}" "/proc/${file}"
  done
  writable "${MACHINE}/kernel/sys" /sys
}

mount_harness() {
  readonly_bind "${SCRIPTS}" /slipway/scripts
  readonly_bind "${MACHINE}/clusters" /slipway/clusters
  readonly_bind "${HARNESS}/fakes" /harness/fakes
  readonly_bind "${HARNESS}/harness" /harness/steps
  writable "${MACHINE}/state" /harness/state
}

mount --bind "${ROOT}" "${ROOT}"
mount_programs
mount_devices
mount_kernel
mount_harness
hostname "$(cat "${MACHINE}/kernel/proc-sys/kernel/hostname")"
# Beside it the interfaces that lab's and production's configurations name.
printf 'link set lo up\nlink add eth1 type veth peer name ens5\n' | ip -batch -

readonly CAPABILITIES=+chown,+dac_override,+dac_read_search,+fowner,+fsetid,+kill,+setgid,+setuid,+net_bind_service,+net_admin,+net_raw
cd "${ROOT}"
# A shell stays process 1, which the kernel lets nobody kill from inside.
exec chroot "${ROOT}" /usr/bin/setpriv --bounding-set "-all,${CAPABILITIES}" --inh-caps=-all \
  /usr/bin/env --ignore-environment \
  PATH=/harness/fakes:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  HOME=/root LANG=C.UTF-8 TERM=dumb ${BASH_ENV:+"BASH_ENV=${BASH_ENV}"} ${KILL_AT:+"KILL_AT=${KILL_AT}"} \
  /bin/sh -c '"$@"; exit $?' sh "$@"
