#!/usr/bin/env bats

load harness/machine
load harness/kills
load harness/kubernetes

NODE=lab/nodes/control-plane-1

setup() {
  kubernetes_machine
}

@test "control-plane.sh begins the cluster, and a second run changes nothing" {
  assert_dry_run_tells_all control-plane.sh "${NODE}"
  assert_argv "kubeadm init --config /slipway/clusters/${NODE}/kubeadm.yaml --skip-token-print --skip-phases show-join-command"
  assert_second_run_changes_nothing control-plane.sh "${NODE}"
}

@test "control-plane.sh is finished by the next run, wherever it was killed" {
  IGNORED='encryption/config\.yaml' kill_at_each_step control-plane.sh "${NODE}"
}

@test "control-plane.sh makes the encryption key of this cluster: 32 bytes, for root alone, in no command line" {
  local key
  run_script control-plane.sh "${NODE}"
  assert_success
  key="$(sed --quiet 's/^ *secret: //p' "${MACHINE}/disk/etc/kubernetes/encryption/config.yaml")"
  [[ "$(base64 --decode <<<"${key}" | wc --bytes)" == 32 ]]
  [[ "$(stat --format %a "${MACHINE}/disk/etc/kubernetes/encryption/config.yaml")" == 600 ]]
  [[ "$(stat --format %a "${MACHINE}/disk/etc/kubernetes/encryption")" == 700 ]]
  assert_secret "${key}"
}

@test "control-plane.sh restarts a running API server that has a file to read again, once" {
  run_script control-plane.sh "${NODE}"
  printf 'rules: []\n' >>"${MACHINE}/clusters/${NODE}/root/etc/kubernetes/audit/policy.yaml"
  assert_dry_run_tells_all control-plane.sh "${NODE}"
  assert_output_has 'change: restart kube-apiserver'
  assert_second_run_changes_nothing control-plane.sh "${NODE}"
  printf 'rules: [1]\n' >>"${MACHINE}/clusters/${NODE}/root/etc/kubernetes/audit/policy.yaml"
  kill_at_each_step control-plane.sh "${NODE}"
}

@test "control-plane.sh begins again where init ended before etcd: half a certificate would stop kubeadm" {
  local phase
  for phase in half-an-authority certs kubeconfig; do
    kubernetes_machine
    stop_kubeadm_after "${phase}"
    run_script control-plane.sh "${NODE}"
    ((status == 137))
    run_script control-plane.sh "${NODE}"
    assert_success
    assert_output_has 'drop the certificates of an init that did not come as far as etcd'
  done
}

@test "control-plane.sh continues an init that reached etcd, and keeps its certificates and its data" {
  local phase pki
  for phase in etcd wait-control-plane; do
    kubernetes_machine
    stop_kubeadm_after "${phase}"
    run_script control-plane.sh "${NODE}"
    ((status == 137))
    pki="$(tree_of_pki)"
    run_script control-plane.sh "${NODE}"
    assert_success
    [[ "$(tree_of_pki)" == "${pki}" ]]
  done
}

tree_of_pki() {
  find "${MACHINE}/disk/etc/kubernetes/pki" -type f -printf '%p %i %T@\n' | sort
}

@test "control-plane.sh says what it waited for, and what the kubelet said, where the API does not become ready" {
  : >"${MACHINE}/state/cluster/api-is-sick"
  run_script control-plane.sh "${NODE}"
  ((status == 1))
  [[ "${stderr}" == *'waited for https://192.0.2.97:6443/readyz to say ok'* && "${stderr}" == *'the last words of the kubelet'* ]]
  rm "${MACHINE}/state/cluster/api-is-sick"
  : >"${MACHINE}/state/cluster/balancer-is-away"
  run_script control-plane.sh "${NODE}"
  ((status == 1))
  [[ "${stderr}" == *'waited for https://api.lab.example.com:6443/readyz to say ok'*'look at the load balancer'* ]]
}

@test "control-plane.sh refuses a machine that holds what it did not begin" {
  local path
  for path in etc/kubernetes/pki/ca.crt etc/kubernetes/manifests/etcd.yaml var/lib/etcd/member/db; do
    kubernetes_machine
    install -D /dev/null "${MACHINE}/disk/${path}"
    run_script control-plane.sh "${NODE}"
    assert_refused 'these scripts did not begin it'
    refute_argv kubeadm
  done
}

@test "control-plane.sh refuses on every machine but the first control plane" {
  run_script control-plane.sh lab/nodes/control-plane-2
  assert_refused 'control-plane-2: does not begin the cluster, control-plane-1 does'
  run_script control-plane.sh lab/nodes/worker-1
  assert_refused 'worker-1: does not begin the cluster'
}
