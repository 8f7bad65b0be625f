#!/usr/bin/env bash
# Writes a kubeconfig with which Jenkins deploys to one namespace, and to nothing else: a token of the ServiceAccount
# `deployer`, which the environment's platform brings. It ends after 24 hours; nothing can be stolen for longer.
#
#   jenkins-kubeconfig.sh [--dry-run] NODE NAMESPACE FILE
#
# Run it again to renew: while more than half of the time is left, nothing changes.
set -o errexit -o nounset -o pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
source "$(dirname "${BASH_SOURCE[0]}")/api.sh"

readonly ACCOUNT=deployer
readonly HOURS=24

# The first line of the file: until when its token is good.
expiry_of() {
  sed --quiet '1s/^# expires: //p' "$1" 2>/dev/null || true
}

is_fresh() {
  local expiry
  expiry="$(expiry_of "${FILE}")"
  [[ -n "${expiry}" && "$(stat --format %a "${FILE}")" == 600 ]] &&
    (($(date --date "${expiry}" +%s) - $(date +%s) > HOURS * 3600 / 2)) &&
    grep --quiet --fixed-strings "namespace: ${NAMESPACE}" "${FILE}"
}

write_kubeconfig() {
  local answer token expiry
  answer="$(kube --namespace "${NAMESPACE}" create token "${ACCOUNT}" --duration "${HOURS}h" \
    --output 'jsonpath={.status.token} {.status.expirationTimestamp}')"
  read -r token expiry <<<"${answer}"
  (umask 077 && cat >"${FILE}.slipway-new") <<CONFIG
# expires: ${expiry}
apiVersion: v1
kind: Config
clusters:
  - name: slipway-${CLUSTER}
    cluster:
      server: https://${API_HOST}:${API_PORT}
      certificate-authority-data: $(base64 --wrap 0 /etc/kubernetes/pki/ca.crt)
users:
  - name: ${ACCOUNT}
    user:
      token: ${token}
contexts:
  - name: ${NAMESPACE}
    context:
      cluster: slipway-${CLUSTER}
      user: ${ACCOUNT}
      namespace: ${NAMESPACE}
current-context: ${NAMESPACE}
CONFIG
  mv --force --no-target-directory "${FILE}.slipway-new" "${FILE}"
}

require_account() {
  kube --namespace "${NAMESPACE}" get serviceaccount "${ACCOUNT}" --output name >/dev/null 2>&1 ||
    refuse "${NAMESPACE}: has no ServiceAccount ${ACCOUNT}; expected what dist/<environment>/platform brings. Apply it first: kubectl apply --server-side -f dist/<environment>/platform"
}

# The last two words are this script's own.
NAMESPACE=''
FILE=''
if (($# >= 3)); then
  NAMESPACE="${*: -2:1}"
  FILE="${*: -1}"
  set -- "${@:1:$#-2}"
fi
begin "$@"
[[ "${NAMESPACE}" =~ ^[a-z0-9]([a-z0-9-]*[a-z0-9])?$ ]] || refuse "namespace: is '${NAMESPACE}'; expected NODE NAMESPACE FILE, such as production /root/jenkins.kubeconfig"
require_api
require_account
is_fresh || change "write ${FILE}, good for ${HOURS} hours" write_kubeconfig
if [[ -f "${FILE}" ]]; then
  printf 'good until %s; renew: %s %s %s %s\n' "$(expiry_of "${FILE}")" "$0" "${NODE}" "${NAMESPACE}" "${FILE}"
fi
