#!/usr/bin/env bash
# Takes this machine out of the cluster and takes away what kubeadm, Calico and these scripts put on it. Then it looks
# at what is left, and ends with code 1 where there is something.
#
#   reset.sh [--dry-run] [--yes] NODE
#
# Asks for the machine's name first, unless --yes. Stays: packages, containerd and its images, and the snapshots of
# etcd in /var/backups/slipway-etcd. A worker's entry is removed on a control plane: kubectl delete node NAME.
set -o errexit -o nounset -o pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/api.sh"
source "$(dirname "${BASH_SOURCE[0]}")/etcd.sh"
source "$(dirname "${BASH_SOURCE[0]}")/leftovers.sh"

ask() {
  local answer
  [[ -t 0 ]] || refuse "standard input: is no terminal; expected one to ask at, or --yes"
  printf 'Everything of the cluster on %s goes. Type its name to go on: ' "${NODE_NAME}"
  read -r answer
  [[ "${answer}" == "${NODE_NAME}" ]] || refuse "answer: is '${answer}'; expected ${NODE_NAME}. Nothing was changed"
}

leave_cluster() {
  leave_etcd
  [[ ! -f "${ADMIN_CONF}" ]] || ! api_is_ready ||
    [[ -z "$(kube get node "${NODE_NAME}" --ignore-not-found --output name)" ]] ||
    change "remove node ${NODE_NAME} from the cluster" kube delete node "${NODE_NAME}" --ignore-not-found
}

# Timers first: one of them would look at a machine that is half away.
stop_timers() {
  local unit
  for unit in slipway-etcd-snapshot slipway-certificates; do
    [[ ! -e "/etc/systemd/system/${unit}.timer" ]] || change "stop and remove ${unit}" remove_timer "${unit}"
  done
}

remove_timer() {
  systemctl disable --now "$1.timer"
  rm --force "/etc/systemd/system/$1.service" "/etc/systemd/system/$1.timer"
  systemctl daemon-reload
}

reset_kubeadm() {
  has_kubeadm_state || return 0
  change "kubeadm reset" kubeadm reset --force
}

YES=false
WORDS=()
for word in "$@"; do
  if [[ "${word}" == --yes ]]; then YES=true; else WORDS+=("${word}"); fi
done
begin "${WORDS[@]}"
if [[ "${YES}" == false && "${DRY_RUN}" == false ]] && [[ -n "$(all_leftovers)" ]]; then ask; fi
stop_timers
leave_cluster
reset_kubeadm
remove_interfaces
remove_rules
remove_files
[[ "${DRY_RUN}" == true ]] || require_nothing_left
