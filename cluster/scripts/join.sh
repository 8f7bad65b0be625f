#!/usr/bin/env bash
# Joins this machine to the cluster: with what mint-join.sh on a healthy control plane says, on standard input.
#
#   ssh control-plane-1 sudo …/mint-join.sh … control-plane | ssh control-plane-2 sudo …/join.sh NODE
#
#   join.sh [--dry-run] NODE
#
# On a machine that has joined it changes nothing and reads nothing. A join that was killed is taken back first, its
# member of etcd before anything else, and made again: what it held is a copy of what the others hold.
set -o errexit -o nounset -o pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/download.sh"
source "$(dirname "${BASH_SOURCE[0]}")/programs.sh"
source "$(dirname "${BASH_SOURCE[0]}")/etcd-tools.sh"
source "$(dirname "${BASH_SOURCE[0]}")/api.sh"
source "$(dirname "${BASH_SOURCE[0]}")/etcd.sh"
source "$(dirname "${BASH_SOURCE[0]}")/static-pods.sh"
source "$(dirname "${BASH_SOURCE[0]}")/kubernetes-files.sh"
source "$(dirname "${BASH_SOURCE[0]}")/bundle.sh"

# There while a join of these scripts has begun and not ended.
readonly BEGUN=/var/lib/slipway/kubeadm-join
readonly KUBELET_CONF=/etc/kubernetes/kubelet.conf
readonly JOIN_CONFIG=/run/slipway/join.yaml

has_joined() {
  [[ -f "${KUBELET_CONF}" && ! -e "${BEGUN}" ]]
}

# kubeadm's last change to a joining machine: a worker's kubelet gets its own certificate, a control plane its label.
has_kubeadm_ended() {
  [[ -f "${KUBELET_CONF}" ]] || return 1
  [[ "${NODE_ROLE}" == worker || -n "$(kube get nodes --field-selector "metadata.name=${NODE_NAME}" \
    --selector node-role.kubernetes.io/control-plane --output name 2>/dev/null)" ]]
}

refuse_foreign_state() {
  local path
  for path in "${KUBELET_CONF}" /etc/kubernetes/pki/ca.crt "${MANIFESTS}/etcd.yaml" /var/lib/etcd/member; do
    [[ ! -e "${path}" ]] || refuse "${path}: is there, and these scripts did not begin it; expected an empty machine. See reset.sh"
  done
}

take_back() {
  change "stop the kubelet of a join that did not end" systemctl stop kubelet
  leave_etcd
  [[ ! -f "${ADMIN_CONF}" ]] ||
    change "take back the node of a join that did not end" kube delete node "${NODE_NAME}" --ignore-not-found
  change "take back a join that did not end" kubeadm reset --force
}

note_beginning() {
  mkdir --parents "$(dirname "${BEGUN}")"
  : >"${BEGUN}"
}

join() {
  api_server_reads_them
  write_join_config "${JOIN_CONFIG}"
  kubeadm join --config "${JOIN_CONFIG}"
  rm --force "${JOIN_CONFIG}"
}

make_member() {
  [[ "${NODE_NAME}" != "${FIRST_CONTROL_PLANE}" ]] ||
    refuse "${NODE_NAME}: is the one that begins the cluster (control-plane.sh); expected another. Where it was lost and comes back, list a living control plane before it in the cluster's spec"
  if [[ -e "${BEGUN}" ]]; then
    take_back
  else
    refuse_foreign_state
  fi
  [[ "${DRY_RUN}" == true ]] || read_bundle
  if [[ "${NODE_ROLE}" == control-plane ]]; then
    change "take over what Secrets are encrypted with" take_encryption_config
  fi
  change "note that kubeadm join begins here" note_beginning
  change "kubeadm join" join
}

diagnose() {
  journalctl --unit kubelet --lines 20 --no-pager --output cat >&2 || true
}

require_member() {
  [[ "${DRY_RUN}" == false ]] || return 0
  await 120 "the kubelet to get its certificate (${KUBELET_CONF})" test -f "${KUBELET_CONF}" || {
    diagnose
    return 1
  }
  [[ "${NODE_ROLE}" == control-plane ]] || return 0
  await 300 "https://${NODE_ADDRESS}:${API_SERVER_PORT}/readyz to say ok" api_is_ready_here || {
    diagnose
    return 1
  }
  await 120 "etcd of this machine to vote" etcd_votes_here
}

begin "$@"
trap 'finish; rm --force "${JOIN_CONFIG}"' EXIT
install_kubernetes_files
if [[ "${NODE_ROLE}" == control-plane ]]; then install_etcd_tools; fi
if has_joined; then
  settle_api_server
else
  if [[ ! -e "${BEGUN}" ]] || ! has_kubeadm_ended; then make_member; fi
  require_member
  change "note that kubeadm join has ended" rm --force "${BEGUN}"
fi
