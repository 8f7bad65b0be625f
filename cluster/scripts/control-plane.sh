#!/usr/bin/env bash
# Begins the cluster on its first control plane: kubeadm init, until the API server says that it is ready.
#
#   control-plane.sh [--dry-run] NODE
#
# kubeadm does not begin twice, but its phases keep what is valid and write what is missing. So a run that was killed
# is continued: by the same init, told that this machine is not empty because of itself. Only before etcd is described,
# when nothing can have been stored, certificates and kubeconfigs are made again: one that is half written stops kubeadm.
set -o errexit -o nounset -o pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/download.sh"
source "$(dirname "${BASH_SOURCE[0]}")/programs.sh"
source "$(dirname "${BASH_SOURCE[0]}")/etcd-tools.sh"
source "$(dirname "${BASH_SOURCE[0]}")/api.sh"
source "$(dirname "${BASH_SOURCE[0]}")/etcd.sh"
source "$(dirname "${BASH_SOURCE[0]}")/static-pods.sh"
source "$(dirname "${BASH_SOURCE[0]}")/kubernetes-files.sh"

# There while an init of these scripts has begun and not ended.
readonly BEGUN=/var/lib/slipway/kubeadm-init

# Preflight checks of kubeadm that fail because of an earlier part of the same init.
readonly BY_ITSELF=(
  Port-6443 Port-10250 Port-10257 Port-10259 Port-2379 Port-2380
  FileAvailable--etc-kubernetes-manifests-kube-apiserver.yaml
  FileAvailable--etc-kubernetes-manifests-kube-controller-manager.yaml
  FileAvailable--etc-kubernetes-manifests-kube-scheduler.yaml
  FileAvailable--etc-kubernetes-manifests-etcd.yaml
  DirAvailable--var-lib-etcd
)

require_first() {
  [[ "${NODE_NAME}" == "${FIRST_CONTROL_PLANE}" ]] ||
    refuse "${NODE_NAME}: does not begin the cluster, ${FIRST_CONTROL_PLANE} does; expected join.sh here"
}

is_initialised() {
  [[ -f "${ADMIN_CONF}" && ! -e "${BEGUN}" ]]
}

# A machine that holds another cluster, or one that other hands made, is not this script's.
refuse_foreign_state() {
  local path
  for path in /etc/kubernetes/pki/ca.crt /etc/kubernetes/pki/ca.key "${MANIFESTS}/etcd.yaml" /var/lib/etcd/member; do
    [[ ! -e "${path}" ]] || refuse "${path}: is there, and these scripts did not begin it; expected an empty machine. See reset.sh"
  done
}

note_beginning() {
  mkdir --parents "$(dirname "${BEGUN}")"
  : >"${BEGUN}"
}

forget_certificates() {
  rm --recursive --force /etc/kubernetes/pki
  rm --force /etc/kubernetes/{admin,super-admin,kubelet,controller-manager,scheduler}.conf
}

# Its token and the command that it prints would live for a day and stand in logs: mint-join.sh makes them when needed.
init() {
  local ignored=''
  api_server_reads_them
  if [[ -e "${MANIFESTS}/etcd.yaml" ]]; then
    ignored="$(IFS=, && printf '%s' "${BY_ITSELF[*]}")"
  fi
  kubeadm init --config "${NODE}/kubeadm.yaml" --skip-token-print --skip-phases show-join-command \
    ${ignored:+--ignore-preflight-errors "${ignored}"}
}

initialise() {
  if [[ ! -e "${BEGUN}" ]]; then
    refuse_foreign_state
    change "note that kubeadm init begins here" note_beginning
  elif [[ ! -e "${MANIFESTS}/etcd.yaml" && -e /etc/kubernetes/pki ]]; then
    change "drop the certificates of an init that did not come as far as etcd" forget_certificates
  fi
  change "kubeadm init" init
  change "note that kubeadm init has ended" rm --force "${BEGUN}"
}

diagnose() {
  printf '%s\n' "What there is to see:" >&2
  journalctl --unit kubelet --lines 20 --no-pager --output cat >&2 || true
  ss --listening --tcp --numeric "( sport = :${API_SERVER_PORT} or sport = :2379 )" >&2 || true
}

require_ready() {
  [[ "${DRY_RUN}" == false ]] || return 0
  await 300 "https://${NODE_ADDRESS}:${API_SERVER_PORT}/readyz to say ok" api_is_ready_here || {
    diagnose
    return 1
  }
  await 60 "https://${API_HOST}:${API_PORT}/readyz to say ok. The API server of this machine does: look at the load balancer, and at who ${API_HOST} is here (getent hosts ${API_HOST})" api_is_ready
}

begin "$@"
require_first
install_kubernetes_files
make_encryption_config
install_etcd_tools
if is_initialised; then settle_api_server; else initialise; fi
require_ready
