# shellcheck shell=bash
# Talking to the cluster as its administrator, and waiting for it. Sourced after lib.sh.

readonly ADMIN_CONF=/etc/kubernetes/admin.conf
# shellcheck disable=SC2034 # read where this is sourced
readonly MANIFESTS=/etc/kubernetes/manifests

# Where each API server listens on its own address: kubeadm's default.
readonly API_SERVER_PORT=6443

# By the address that every client takes.
kube() {
  kubectl --kubeconfig "${ADMIN_CONF}" "$@"
}

# By the API server of this machine alone.
kube_here() {
  kube --server "https://${NODE_ADDRESS}:${API_SERVER_PORT}" "$@"
}

api_is_ready_here() {
  kube_here --request-timeout 5s get --raw /readyz >/dev/null 2>&1
}

api_is_ready() {
  kube --request-timeout 5s get --raw /readyz >/dev/null 2>&1
}

require_api() {
  [[ -f "${ADMIN_CONF}" ]] || refuse "${ADMIN_CONF}: is missing; expected a control plane. Run this on ${FIRST_CONTROL_PLANE}"
  api_is_ready || refuse "https://${API_HOST}:${API_PORT}/readyz: does not say ok; expected a healthy cluster. See: kubectl --kubeconfig ${ADMIN_CONF} get --raw '/readyz?verbose'"
}

# Asks once a second until a command succeeds; says so and fails after as many tries.
#   await TRIES "what it waits for" command [argument…]
await() {
  local tries="$1" what="$2" try
  shift 2
  for ((try = 1; try <= tries; try++)); do
    if "$@"; then return; fi
    ((try == tries)) || sleep 1
  done
  printf '%s: waited for %s; it did not come in %s tries, one a second\n' "$(script_name)" "${what}" "${tries}" >&2
  return 1
}

# Whether anything of this machine listens on a TCP port.
is_listening() {
  [[ -n "$(ss --listening --tcp --numeric --no-header "sport = :$1")" ]]
}

# Whether applying a manifest would change anything. A kind that the cluster does not know yet is a change too.
manifest_differs() {
  ! kube diff --server-side --force-conflicts --field-manager slipway --filename "$1" >/dev/null 2>&1
}

# Brings the cluster to what a file says. Server-side: the large definitions do not fit kubectl's annotation.
#   apply_manifest "what it is" FILE
apply_manifest() {
  local what="$1" file="$2"
  ! manifest_differs "${file}" || change "apply ${what}" put_manifest "${file}"
}

put_manifest() {
  kube apply --server-side --force-conflicts --field-manager slipway --filename "$1"
}
