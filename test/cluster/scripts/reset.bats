#!/usr/bin/env bats

load harness/machine
load harness/kills
load harness/kubernetes

NODE=lab/nodes/control-plane-2

# A control plane that joined, with everything that its life left on it, and things of others.
setup() {
  joining_machine
  network_tools
  run_script join.sh "${NODE}" < <(bundle control-plane)
  run_script etcd-backup.sh "${NODE}"
  run_script certificates.sh "${NODE}"
  forget_argv
  local file
  for file in etc/cni/net.d/10-calico.conflist etc/cni/net.d/calico-kubeconfig var/lib/calico/nodename var/lib/cni/networks/k \
    var/log/kubernetes/audit/audit.log var/backups/slipway-etcd/kept.db etc/cni/net.d/99-of-others.conf; do
    install -D --mode 0600 /dev/null "${MACHINE}/disk/${file}"
  done
  printf '%s\n' lo eth1 cali0123abcd vxlan.calico >"${MACHINE}/state/interfaces"
  printf '%s\n' '*filter' ':KUBE-FORWARD - [0:0]' '-A INPUT -j cali-INPUT' '-A INPUT -p tcp --dport 22 -j ACCEPT' COMMIT >"${MACHINE}/state/iptables"
  printf '%s\n' '*filter' COMMIT >"${MACHINE}/state/ip6tables"
  printf '%s\n' 'table ip kube-proxy' 'table ip6 kube-proxy' 'table inet filter' >"${MACHINE}/state/nft"
}

# ip, iptables and nft of a machine whose network is in files: real ones forget it with their namespace.
network_tools() {
  cp "${BATS_TEST_DIRNAME}"/fakes/network/* "${MACHINE}/usr-local/sbin/"
}

@test "reset.sh takes away what the cluster left, and a second run changes nothing" {
  assert_dry_run_tells_all reset.sh "${NODE}" --yes
  [[ ! -e "${MACHINE}/disk/etc/kubernetes" && ! -e "${MACHINE}/disk/var/lib/etcd" && ! -e "${MACHINE}/disk/var/lib/slipway/kubeadm-join" ]]
  [[ ! -e "${MACHINE}/disk/etc/systemd/system/slipway-certificates.timer" ]]
  assert_second_run_changes_nothing reset.sh "${NODE}" --yes
}

@test "reset.sh leaves alone what is not the cluster's: rules, interfaces, tables, files and snapshots" {
  run_script reset.sh "${NODE}" --yes
  assert_success
  [[ "$(cat "${MACHINE}/state/iptables")" == $'*filter\n-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT' ]]
  [[ "$(cat "${MACHINE}/state/interfaces")" == $'lo\neth1' ]]
  [[ "$(cat "${MACHINE}/state/nft")" == 'table inet filter' ]]
  [[ -e "${MACHINE}/disk/etc/cni/net.d/99-of-others.conf" && -e "${MACHINE}/disk/var/backups/slipway-etcd/kept.db" ]]
}

@test "reset.sh is finished by the next run, wherever it was killed" {
  kill_at_each_step reset.sh "${NODE}" --yes
}

@test "reset.sh leaves etcd and the cluster before anything is gone" {
  run_script reset.sh "${NODE}" --yes
  assert_success
  [[ "$(cut --delimiter , --fields 3 "${MACHINE}/state/cluster/members")" == ' control-plane-1' ]]
  [[ ! -e "${MACHINE}/state/cluster/nodes/control-plane-2" ]]
  [[ "$(grep --only-matching --extended-regexp 'member remove|delete node|kubeadm reset' "${MACHINE}/state/argv" | tr '\n' ,)" == 'member remove,delete node,kubeadm reset,' ]]
}

@test "reset.sh stops before anything is gone where etcd would lose its majority" {
  : >"${MACHINE}/state/cluster/majority-at-risk"
  run_script reset.sh "${NODE}" --yes
  ((status == 1))
  refute_argv 'kubeadm reset'
  [[ -e "${MACHINE}/disk/var/lib/etcd/member/db" ]]
}

@test "reset.sh goes on without a cluster that is gone, and says whom it could not tell" {
  : >"${MACHINE}/state/cluster/etcd-is-away"
  rm "${MACHINE}/state/cluster/lives" "${MACHINE}/disk/etc/kubernetes/manifests/kube-apiserver.yaml"
  run_script reset.sh "${NODE}" --yes
  assert_success
  [[ "${stderr}" == *'no etcd of another control plane answers'* ]]
}

@test "reset.sh asks on a terminal, and refuses without one" {
  run_script reset.sh "${NODE}" </dev/null
  assert_refused 'standard input: is no terminal'
  refute_argv 'kubeadm reset'
}

@test "reset.sh says what is left, and fails" {
  printf 'stuck\n' >"${MACHINE}/state/interfaces-stay"
  run_script reset.sh "${NODE}" --yes
  ((status == 1))
  [[ "${stderr}" == *'interface cali0123abcd'* && "${stderr}" == *'left on this machine, expected nothing'* ]]
}
