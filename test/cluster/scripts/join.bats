#!/usr/bin/env bats

load harness/machine
load harness/kills
load harness/kubernetes

CONTROL_PLANE=lab/nodes/control-plane-2
WORKER=lab/nodes/worker-1

setup() {
  joining_machine
}

@test "join.sh joins a worker, and a second run needs no bundle and changes nothing" {
  run_script join.sh "${WORKER}" < <(bundle worker)
  assert_success
  [[ -e "${MACHINE}/state/cluster/nodes/worker-1" ]]
  assert_second_run_changes_nothing join.sh "${WORKER}" </dev/null
}

@test "join.sh joins a control plane with the others' encryption key" {
  run_script join.sh "${CONTROL_PLANE}" < <(bundle control-plane)
  assert_success
  diff <(encryption_config) "${MACHINE}/disk/etc/kubernetes/encryption/config.yaml"
  [[ "$(stat --format %a "${MACHINE}/disk/etc/kubernetes/encryption/config.yaml")" == 600 ]]
  assert_second_run_changes_nothing join.sh "${CONTROL_PLANE}" </dev/null
}

@test "join.sh tells in a dry run, without a bundle, what it would do" {
  local told
  run_script join.sh "${CONTROL_PLANE}" --dry-run </dev/null
  assert_success
  told="$(sed --quiet 's/^would: //p' <<<"${output}")"
  run_script join.sh "${CONTROL_PLANE}" < <(bundle control-plane)
  assert_success
  diff <(printf '%s\n' "${told}") <(sed --quiet 's/^change: //p' <<<"${output}")
}

@test "join.sh is finished by the next run, wherever it was killed: a worker" {
  kill_at_each_step join.sh "${WORKER}" < <(bundle worker)
}

@test "join.sh is finished by the next run, wherever it was killed: a control plane" {
  kill_at_each_step join.sh "${CONTROL_PLANE}" < <(bundle control-plane)
}

@test "join.sh takes back a join that kubeadm did not end, its member of etcd first, and makes it again" {
  local phase
  for phase in certs etcd-learner etcd-join; do
    joining_machine
    stop_kubeadm_after "${phase}"
    run_script join.sh "${CONTROL_PLANE}" < <(bundle control-plane)
    ((status == 137))
    run_script join.sh "${CONTROL_PLANE}" < <(bundle control-plane)
    assert_success
    [[ "$(grep --count ', control-plane-2, .*false$' "${MACHINE}/state/cluster/members")" == 1 ]]
  done
  [[ "$(grep --extended-regexp 'etcdctl .* member remove|kubeadm reset' "${MACHINE}/state/argv" | cut --delimiter ' ' --fields 1 | tr '\n' ' ')" == 'etcdctl kubeadm ' ]]
}

@test "join.sh does not take back a join that had ended when it was killed" {
  stop_kubeadm_after wait
  run_script join.sh "${CONTROL_PLANE}" < <(bundle control-plane)
  ((status == 137))
  run_script join.sh "${CONTROL_PLANE}" </dev/null
  assert_success
  refute_argv 'kubeadm reset'
}

@test "join.sh stops before anything is gone where etcd would lose its majority" {
  stop_kubeadm_after etcd-join
  run_script join.sh "${CONTROL_PLANE}" < <(bundle control-plane)
  : >"${MACHINE}/state/cluster/majority-at-risk"
  run_script join.sh "${CONTROL_PLANE}" < <(bundle control-plane)
  ((status == 1))
  [[ -e "${MACHINE}/disk/var/lib/etcd/member/db" ]]
  refute_argv 'kubeadm reset'
}

@test "join.sh keeps what it joins with out of command lines, output and files" {
  run_script join.sh "${CONTROL_PLANE}" < <(bundle control-plane)
  assert_success
  assert_secret "${TOKEN}" "${CERTIFICATE_KEY}" canary-encryption-key "$(encryption_config | base64 --wrap 0)"
  run ! grep --recursive --files-with-matches --fixed-strings "${TOKEN}" "${MACHINE}"/disk/{run,etc,tmp,var}
}

@test "join.sh removes its configuration when kubeadm fails" {
  stop_kubeadm_after certs
  run_script join.sh "${CONTROL_PLANE}" < <(bundle control-plane)
  ((status == 137))
  [[ ! -e "${MACHINE}/disk/run/slipway/join.yaml" ]]
}

@test "join.sh refuses a bundle that is not whole, and names the key, never a value" {
  refuses worker 'TOKEN: is not in standard input' 'CA_HASH=%s\n' "${CA_HASH}"
  refuses worker 'CA_HASH: is not in standard input' 'TOKEN=%s\n' "${TOKEN}"
  refuses worker 'has a line that is none of TOKEN CA_HASH' 'TOKEN=%s\nCA_HASH=%s\nCERTIFICATE_KEY=%s\n' "${TOKEN}" "${CA_HASH}" "${CERTIFICATE_KEY}"
  refuses worker 'TOKEN: stands in standard input twice' 'TOKEN=%s\nTOKEN=%s\n' "${TOKEN}" "${TOKEN}"
  refuses worker 'TOKEN: has not the shape' 'TOKEN=%s-canary\n' "${TOKEN}"
  refuses control-plane 'CERTIFICATE_KEY: is not in standard input' 'TOKEN=%s\nCA_HASH=%s\n' "${TOKEN}" "${CA_HASH}"
  refuses control-plane 'has a line that is none of' 'mint-join.sh: refused\n'
}

#   refuses ROLE TEXT FORMAT VALUE…
refuses() {
  local role="$1" text="$2" node="${WORKER}"
  shift 2
  [[ "${role}" == worker ]] || node="${CONTROL_PLANE}"
  # shellcheck disable=SC2059 # the format is the test's own
  run_script join.sh "${node}" < <(printf "$@")
  assert_refused "${text}"
  assert_secret "${TOKEN}"
  refute_argv 'kubeadm join'
}

@test "join.sh refuses a configuration in which a placeholder is left" {
  sed --in-place 's/^  certificateKey: .*//' "${MACHINE}/clusters/${WORKER}/kubeadm.yaml"
  printf "certificateKey: '%064d'\n" 0 >>"${MACHINE}/clusters/${WORKER}/kubeadm.yaml"
  run_script join.sh "${WORKER}" < <(bundle worker)
  assert_refused 'a placeholder of CERTIFICATE_KEY is left'
}

@test "join.sh refuses on the machine that begins the cluster" {
  run_script join.sh lab/nodes/control-plane-1 < <(bundle control-plane)
  assert_refused 'control-plane-1: is the one that begins the cluster'
}

@test "join.sh refuses a machine that holds what it did not begin" {
  install -D /dev/null "${MACHINE}/disk/etc/kubernetes/kubelet.conf.d/x"
  install -D /dev/null "${MACHINE}/disk/etc/kubernetes/pki/ca.crt"
  run_script join.sh "${WORKER}" < <(bundle worker)
  assert_refused 'these scripts did not begin it'
}
