# shellcheck shell=bash
# etcd's members as kubeadm makes them: one on each control plane, with TLS. Sourced after lib.sh.

readonly ETCD_PKI=/etc/kubernetes/pki/etcd
readonly ETCD_HERE=https://127.0.0.1:2379

# etcdctl as kubeadm's own health check asks: with its client certificate.
#   etcd_ctl ENDPOINTS command [argument…]
etcd_ctl() {
  local endpoints="$1"
  shift
  etcdctl --endpoints "${endpoints}" --cacert "${ETCD_PKI}/ca.crt" \
    --cert "${ETCD_PKI}/healthcheck-client.crt" --key "${ETCD_PKI}/healthcheck-client.key" "$@"
}

address_of() {
  awk -v name="$1" '$2 == name { print $1; exit }' "${NODE}/hosts"
}

# Endpoints of etcd on every other control plane, with commas between; nothing where there is no other.
other_endpoints() {
  local name endpoints=()
  for name in ${CONTROL_PLANES}; do
    [[ "${name}" == "${NODE_NAME}" ]] || endpoints+=("https://$(address_of "${name}"):2379")
  done
  local IFS=,
  printf '%s\n' "${endpoints[*]}"
}

# Lines of `member list`: id, status, name, peer addresses, client addresses, whether it still learns.
etcd_members() {
  etcd_ctl "$1" member list --write-out simple
}

# Every member has started, votes and answers: one more may be added or taken away without losing the majority.
etcd_is_whole() {
  local members
  members="$(etcd_members "${ETCD_HERE}" 2>/dev/null)" || return 1
  ! grep --quiet --invert-match --extended-regexp '^[0-9a-f]+, started, .*, false$' <<<"${members}" || return 1
  etcd_ctl "${ETCD_HERE}" endpoint health --cluster >/dev/null 2>&1
}

# This machine's member has started and votes.
etcd_votes_here() {
  etcd_members "${ETCD_HERE}" 2>/dev/null |
    awk -F', ' -v peer="https://${NODE_ADDRESS}:2380" '$4 == peer && $2 == "started" && $6 == "false" { found = 1 } END { exit !found }'
}

# Takes this machine's member out of the others' list. etcd refuses where that would cost it the majority,
# and then this script stops, before anything is gone.
leave_etcd() {
  local others members id
  others="$(other_endpoints)"
  [[ -n "${others}" && -f "${ETCD_PKI}/healthcheck-client.key" ]] || return 0
  if ! members="$(etcd_members "${others}")"; then
    printf '%s: no etcd of another control plane answers, so none was told. If one lives: etcdctl member list, etcdctl member remove ID\n' "$(script_name)" >&2
    return 0
  fi
  id="$(awk -F', ' -v peer="https://${NODE_ADDRESS}:2380" '$4 == peer { print $1 }' <<<"${members}")"
  [[ -z "${id}" ]] || change "leave etcd, as member ${id}" etcd_ctl "${others}" member remove "${id}"
}
