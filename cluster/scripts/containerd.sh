#!/usr/bin/env bash
# Brings containerd and runc in the versions of the cluster, with their configuration, and lets them run.
#
#   containerd.sh [--dry-run] NODE
#
# containerd restarts only where something of it changed; containers live on meanwhile.
# shellcheck source-path=SCRIPTDIR
set -o errexit -o nounset -o pipefail
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
source "${HERE}/lib.sh"
source "${HERE}/download.sh"

readonly CONTAINERD=/usr/local/bin/containerd
readonly RUNC=/usr/local/sbin/runc

bring_containerd() {
  [[ "$(version_of "${CONTAINERD}")" == *" v${CONTAINERD_VERSION} "* ]] ||
    change "install containerd ${CONTAINERD_VERSION}" unpack_containerd
}

# containerd itself comes last, when nothing is left to clean up: its version is the word for all of them.
unpack_containerd() {
  local archive unpacked=/var/cache/slipway/containerd program
  archive="$(fetch containerd)"
  rm --recursive --force "${unpacked}"
  mkdir "${unpacked}"
  tar --extract --gzip --file="${archive}" --directory="${unpacked}" --no-same-owner
  for program in "${unpacked}"/bin/*; do
    [[ "${program}" == */containerd ]] || put_file "${program}" "${CONTAINERD%/*}/${program##*/}" 0755 containerd
  done
  install --mode=0755 --owner=root --group=root "${unpacked}/bin/containerd" "${CONTAINERD}.slipway-new"
  rm --recursive "${unpacked}"
  mv --no-target-directory "${CONTAINERD}.slipway-new" "${CONTAINERD}"
}

bring_runc() {
  [[ "$(version_of "${RUNC}")" == "runc version ${RUNC_VERSION}"$'\n'* ]] ||
    change "install runc ${RUNC_VERSION}" put_runc
}

put_runc() {
  local file
  file="$(fetch runc)"
  put_file "${file}" "${RUNC}" 0755
}

# What a program says of itself; nothing where it is not there or cannot run.
version_of() {
  "$1" --version 2>/dev/null || true
}

begin "$@"
require_role control-plane worker
bring_containerd
bring_runc
install_tree etc/containerd 0644 containerd
install_file "${NODE}/root/etc/systemd/system/containerd.service" /etc/systemd/system/containerd.service 0644 containerd
settle containerd
enable_unit containerd
