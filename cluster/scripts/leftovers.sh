# shellcheck shell=bash
# What a node of a cluster leaves on a machine, how it is seen and how it is taken away. Sourced after lib.sh.

# Files and folders of kubeadm, of Calico and of these scripts. No data of anybody else lies in them.
readonly LEFT_FILES=(
  /etc/kubernetes
  /etc/cni/net.d/10-calico.conflist /etc/cni/net.d/calico-kubeconfig
  /var/lib/etcd /var/lib/kubelet/pki /var/lib/kubelet/config.yaml /var/lib/kubelet/kubeadm-flags.env /var/lib/kubelet/instance-config.yaml
  /var/lib/calico /var/lib/cni /run/calico /var/log/kubernetes /var/log/calico
  /var/lib/slipway/kubeadm-init /var/lib/slipway/kubeadm-join /var/lib/slipway/restarts /var/lib/slipway/held-manifests
  /var/lib/slipway/etcd-restored /var/lib/slipway/etcd-prepared /etc/slipway/node.env /etc/slipway/hosts
  /usr/local/lib/slipway/lib.sh /usr/local/lib/slipway/api.sh /usr/local/lib/slipway/etcd.sh
  /usr/local/lib/slipway/static-pods.sh /usr/local/lib/slipway/etcd-snapshot.sh /usr/local/lib/slipway/renew-certificates.sh
)

# Chains and tables that kube-proxy, Calico and the port mapping of CNI make.
readonly THEIR_CHAINS='KUBE-|cali-|CNI-'
readonly THEIR_TABLES='^table (ip|ip6|inet) (kube-proxy|calico|calico-.*)$'

has_kubeadm_state() {
  [[ -e /etc/kubernetes/manifests/etcd.yaml || -e /etc/kubernetes/kubelet.conf || -e /etc/kubernetes/pki/ca.crt ||
    -e /var/lib/kubelet/config.yaml || -e /var/lib/etcd/member ]]
}

left_files() {
  local path
  for path in "${LEFT_FILES[@]}"; do
    [[ ! -e "${path}" && ! -L "${path}" ]] || printf '%s\n' "${path}"
  done
}

left_interfaces() {
  ip -oneline link show | awk -F ': ' '{ sub(/@.*/, "", $2); print $2 }' |
    grep --extended-regexp '^(cali[0-9a-f]+|vxlan(-v6)?\.calico|wireguard\.cali|kube-ipvs0)$' || true
}

# Families whose rules hold chains of theirs: iptables, ip6tables.
left_families() {
  local family
  for family in iptables ip6tables; do
    ! command -v "${family}-save" >/dev/null || ! "${family}-save" 2>/dev/null | grep --quiet --extended-regexp "${THEIR_CHAINS}" || printf '%s\n' "${family}"
  done
}

left_tables() {
  ! command -v nft >/dev/null || nft list tables | grep --extended-regexp "${THEIR_TABLES}" || true
}

all_leftovers() {
  left_files
  left_interfaces | sed 's/^/interface /'
  left_families | sed 's/^/rules of /'
  left_tables
}

remove_interfaces() {
  local interface
  for interface in $(left_interfaces); do
    change "remove interface ${interface}" ip link delete "${interface}"
  done
}

# Rules of others stay: theirs are left out of what is read back.
remove_rules() {
  local family table
  for family in $(left_families); do
    change "remove the cluster's rules of ${family}" filter_rules "${family}"
  done
  while IFS= read -r table; do
    [[ -z "${table}" ]] || change "remove nft ${table}" remove_table "${table}"
  done < <(left_tables)
}

filter_rules() {
  "$1-save" | grep --invert-match --extended-regexp "${THEIR_CHAINS}" | "$1-restore"
}

remove_table() {
  local _ family name
  read -r _ family name <<<"$1"
  nft delete table "${family}" "${name}"
}

remove_files() {
  local path
  for path in $(left_files); do
    change "remove ${path}" rm --recursive --force --one-file-system "${path}"
  done
}

require_nothing_left() {
  local left
  left="$(all_leftovers)"
  [[ -n "${left}" ]] || return 0
  printf '%s: left on this machine, expected nothing:\n%s\nA restart of the machine may free what is in use; then run this again\n' "$(script_name)" "${left}" >&2
  return 1
}
