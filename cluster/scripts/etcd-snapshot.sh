#!/usr/bin/env bash
# Saves a snapshot of etcd and restores it into a scratch folder to believe it. Only then are older ones beyond the
# newest 14 removed; where it cannot be believed it goes, the older ones stay, and this ends with an error.
#
#   etcd-snapshot.sh [--dry-run] NODE
#
# Every run makes one. The timer of etcd-backup.sh runs it each night. A snapshot holds every Secret, encrypted with the
# key in /etc/kubernetes/encryption, which is not in it: keep that file and /etc/kubernetes/pki elsewhere, as carefully.
set -o errexit -o nounset -o pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/etcd.sh"

readonly BACKUPS=/var/backups/slipway-etcd
readonly KEEP=14
readonly UNFINISHED="${BACKUPS}/unfinished"

# What a restored member reserves for its log, whatever it holds.
readonly LOG_BYTES=$((64 * 1024 * 1024))

# The snapshot, its copy and what is restored from it; etcd's own needs are on top.
require_space() {
  local size free needed
  size="$(etcd_ctl "${ETCD_HERE}" endpoint status --write-out json | grep --only-matching '"dbSize":[0-9]*' | cut --delimiter : --fields 2)"
  free="$(df --output=avail --block-size 1 "${BACKUPS}" | tail -n 1)"
  needed=$((size * 3 + LOG_BYTES))
  ((free > needed)) || refuse "${BACKUPS}: ${free} bytes are free; expected more than ${needed}, three times what etcd holds and its log. Make room"
}

# Hash of all keys at the last revision, that revision, and the one of the last compaction.
contents_of() {
  etcdutl hashkv "$1" --write-out simple
}

# Restoring compares etcd's own checksum of the file: `snapshot status` reads a damaged one without a word. That nothing
# is missing afterwards, the hash of the keys says; of a copy, for hashkv writes to what it reads.
verify() {
  local snapshot="$1" saved restored
  etcdutl snapshot restore "${snapshot}" --data-dir "${UNFINISHED}/scratch" >"${UNFINISHED}/restore.log" 2>&1 || {
    cat "${UNFINISHED}/restore.log" >&2
    return 1
  }
  cp "${snapshot}" "${UNFINISHED}/copy"
  saved="$(contents_of "${UNFINISHED}/copy")"
  restored="$(contents_of "${UNFINISHED}/scratch/member/snap/db")"
  [[ -n "${saved}" && "${saved}" == "${restored}" ]] || {
    printf '%s: holds keys, revision and compaction %s; restored %s; expected the same\n' "${snapshot}" "${saved}" "${restored}" >&2
    return 1
  }
}

save() {
  local name
  name="${CLUSTER}-${NODE_NAME}-$(date --utc +%Y%m%dT%H%M%SZ).db"
  rm --recursive --force "${UNFINISHED}"
  mkdir "${UNFINISHED}"
  etcd_ctl "${ETCD_HERE}" snapshot save "${UNFINISHED}/${name}" >"${UNFINISHED}/save.log" 2>&1 || {
    cat "${UNFINISHED}/save.log" >&2
    return 1
  }
  chmod 0600 "${UNFINISHED}/${name}"
  if ! verify "${UNFINISHED}/${name}"; then
    rm --recursive --force "${UNFINISHED}"
    refuse "${name}: could not be restored; expected a snapshot that can. The older ones in ${BACKUPS} are untouched. Look at etcd of this machine: etcdctl endpoint status"
  fi
  sync "${UNFINISHED}/${name}"
  mv --no-target-directory "${UNFINISHED}/${name}" "${BACKUPS}/${name}"
  rm --recursive --force "${UNFINISHED}"
  printf 'saved and restored: %s\n' "${BACKUPS}/${name}"
}

snapshots() {
  find "${BACKUPS}" -maxdepth 1 -type f -name "${CLUSTER}-${NODE_NAME}-*.db" | sort --reverse
}

remove_older() {
  local snapshot
  while IFS= read -r snapshot; do
    change "remove ${snapshot}" rm --force "${snapshot}"
  done < <(snapshots | tail -n +$((KEEP + 1)))
}

begin "$@"
[[ "${DRY_RUN}" == true ]] || install --directory --mode 0700 "${BACKUPS}"
[[ "${DRY_RUN}" == true ]] || require_space
change "save a snapshot of etcd in ${BACKUPS}" save
[[ "${DRY_RUN}" == true ]] || remove_older
