#!/usr/bin/env bash
# Gives etcd back what a snapshot holds, when the majority of its members is lost for good. Everything written since
# the snapshot is lost. What etcd held before is kept beside it, in /var/lib/etcd-before-<time>.
#
#   etcd-restore.sh [--dry-run] [--yes] NODE SNAPSHOT
#
# 1. Copy one snapshot, the same, to every control plane that is left or was made again.
# 2. Run this on each of them. It stops etcd and what writes to it, and restores this machine's member.
# 3. Run it on each again: with a majority restored, it starts the API server, then what watches it.
# 4. Restart every kubelet and every controller that watches the API: systemctl restart kubelet, kubectl rollout restart.
#
# Revisions go on above the old ones, and everything before is compacted: a client that remembers a later revision than
# the snapshot's is told to list again, instead of waiting for the future.
set -o errexit -o nounset -o pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/api.sh"
source "$(dirname "${BASH_SOURCE[0]}")/etcd.sh"
source "$(dirname "${BASH_SOURCE[0]}")/static-pods.sh"

readonly DATA=/var/lib/etcd
# Hash of the snapshot that this machine was last restored from.
readonly RESTORED=/var/lib/slipway/etcd-restored
readonly PREPARED=/var/lib/slipway/etcd-prepared
# More than a cluster writes in the days between two snapshots: etcd's own advice.
readonly BUMP=1000000000

hash_of_snapshot() {
  sha256sum "${SNAPSHOT}" | cut --delimiter ' ' --fields 1
}

is_restored() {
  [[ "$(cat "${RESTORED}" 2>/dev/null)" == "$(hash_of_snapshot)" ]]
}

has_quorum() {
  etcd_ctl "${ETCD_HERE}" get slipway-restore --limit 1 >/dev/null 2>&1
}

require_loss() {
  ! has_quorum || [[ "${YES}" == true ]] ||
    refuse "etcd: answers, so the majority lives; expected it to be lost. What was written since the snapshot would go: --yes if that is meant"
}

initial_cluster() {
  local name members=()
  for name in ${CONTROL_PLANES}; do members+=("${name}=https://$(address_of "${name}"):2380"); done
  local IFS=,
  printf '%s\n' "${members[*]}"
}

hold() {
  local pod
  for pod in kube-scheduler:10259 kube-controller-manager:10257 kube-apiserver:6443 etcd:2379; do
    hold_static_pod "${pod%:*}" "${pod#*:}"
  done
}

# The new folder is complete before the old one moves, and PREPARED says of which snapshot it is until it has moved.
restore() {
  local hash
  hash="$(hash_of_snapshot)"
  [[ "$(cat "${PREPARED}" 2>/dev/null)" == "${hash}" ]] || prepare "${hash}"
  if [[ -e "${DATA}.slipway-new" ]]; then
    [[ ! -e "${DATA}" ]] || mv --no-target-directory "${DATA}" "${DATA}-before-$(date --utc +%Y%m%dT%H%M%SZ)"
    mv --no-target-directory "${DATA}.slipway-new" "${DATA}"
  fi
  mv --force --no-target-directory "${PREPARED}" "${RESTORED}"
}

prepare() {
  local hash="$1"
  rm --recursive --force "${DATA}.slipway-new"
  etcdutl snapshot restore "${SNAPSHOT}" --data-dir "${DATA}.slipway-new" --name "${NODE_NAME}" \
    --initial-cluster "$(initial_cluster)" --initial-cluster-token "slipway-${hash:0:16}" \
    --initial-advertise-peer-urls "https://${NODE_ADDRESS}:2380" --bump-revision "${BUMP}" --mark-compacted
  chmod 0700 "${DATA}.slipway-new"
  printf '%s\n' "${hash}" >"${PREPARED}.slipway-new"
  mv --force --no-target-directory "${PREPARED}.slipway-new" "${PREPARED}"
}

start_what_watches() {
  release_static_pod kube-apiserver
  await 180 "the API server of this machine to be ready" api_is_ready_here
  release_static_pod kube-controller-manager
  release_static_pod kube-scheduler
}

is_held() {
  [[ -e "${HELD}/$1.yaml" ]]
}

YES=false
SNAPSHOT=''
WORDS=()
for word in "$@"; do
  if [[ "${word}" == --yes ]]; then YES=true; else WORDS+=("${word}"); fi
done
if ((${#WORDS[@]} >= 2)); then
  SNAPSHOT="${WORDS[-1]}"
  unset 'WORDS[-1]'
fi
begin "${WORDS[@]}"
[[ -f "${SNAPSHOT}" ]] || refuse "SNAPSHOT: is '${SNAPSHOT}', no file; expected NODE and a snapshot of /var/backups/slipway-etcd"
if ! is_restored; then
  require_loss
  change "stop etcd and what writes to it" hold
  change "restore etcd of this machine from ${SNAPSHOT}" restore
fi
! is_held etcd || change "start etcd" release_static_pod etcd
if is_held kube-apiserver && [[ "${DRY_RUN}" == false ]]; then
  if await 30 "the majority of etcd" has_quorum; then
    change "start the API server and what watches it" start_what_watches
  else
    printf 'etcd waits for its other members: run this on the other control planes, then here again\n'
  fi
fi
