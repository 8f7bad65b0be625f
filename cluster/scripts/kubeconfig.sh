#!/usr/bin/env bash
# Adds a cluster to the kubeconfig of the person who runs it: context slipway-<cluster>, reached by the address that is
# highly available. Everything else in ~/.kube/config stays as it is; the file before is kept beside it.
#
#   ssh control-plane-1 sudo cat /etc/kubernetes/admin.conf | kubeconfig.sh [--dry-run] NODE
#
# NODE is the folder of any machine of the cluster. This one runs on the person's own machine, and not as root.
set -o errexit -o nounset -o pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

SCRATCH=''

# Takes admin.conf apart into files: its key stands in no command line.
read_admin_conf() {
  local field file
  [[ ! -t 0 ]] || refuse "standard input: is a terminal; expected /etc/kubernetes/admin.conf of a control plane, through a pipe"
  cat >"${SCRATCH}/admin.conf"
  for field in 'clusters[0].cluster.certificate-authority-data' 'users[0].user.client-certificate-data' 'users[0].user.client-key-data'; do
    file="${SCRATCH}/${field##*.}"
    kubectl --kubeconfig "${SCRATCH}/admin.conf" config view --raw --output "jsonpath={.${field}}" 2>/dev/null |
      base64 --decode >"${file}" 2>/dev/null || true
    [[ -s "${file}" ]] || refuse "standard input: has no ${field}; expected /etc/kubernetes/admin.conf of a control plane. Did ssh or sudo fail?"
  done
}

# Into a copy in the same folder: kubectl writes paths of other entries relative to it, as they were.
add_to_copy() {
  local copy="$1" name="slipway-${CLUSTER}"
  {
    kubectl --kubeconfig "${copy}" config set-cluster "${name}" --server "https://${API_HOST}:${API_PORT}" \
      --certificate-authority "${SCRATCH}/certificate-authority-data" --embed-certs
    kubectl --kubeconfig "${copy}" config set-credentials "${name}" \
      --client-certificate "${SCRATCH}/client-certificate-data" --client-key "${SCRATCH}/client-key-data" --embed-certs
    kubectl --kubeconfig "${copy}" config set-context "${name}" --cluster "${name}" --user "${name}"
    [[ -n "$(kubectl --kubeconfig "${copy}" config view --output 'jsonpath={.current-context}')" ]] ||
      kubectl --kubeconfig "${copy}" config use-context "${name}"
  } >/dev/null
}

replace_config() {
  local copy="$1" config="$2"
  if [[ -s "${config}" ]]; then
    cp --preserve "${config}" "${config}.before-slipway"
  fi
  mv --force --no-target-directory "${copy}" "${config}"
}

merge() {
  local config copy
  config="$(readlink --canonicalize-missing "${HOME}/.kube/config")"
  mkdir --parents "${config%/*}"
  copy="${config}.slipway-new"
  rm --force "${copy}"
  if [[ -e "${config}" ]]; then
    install --mode 0600 "${config}" "${copy}"
  else
    install --mode 0600 /dev/null "${copy}"
  fi
  add_to_copy "${copy}"
  if cmp --silent "${copy}" "${config}"; then
    rm --force "${copy}"
    [[ "$(stat --format %a "${config}")" == 600 ]] || change "keep ${config} from others" chmod 0600 "${config}"
  else
    change "context slipway-${CLUSTER} in ${config}" replace_config "${copy}" "${config}"
  fi
  rm --force "${copy}"
}

read_arguments "$@"
umask 077
SCRATCH="$(mktemp --directory)"
trap 'finish; rm --recursive --force "${SCRATCH}"' EXIT
read_admin_conf
merge
printf 'kubectl --context slipway-%s get nodes\n' "${CLUSTER}"
