#!/usr/bin/env bats

load harness/machine
load harness/kubernetes

NODE=/slipway/clusters/lab/nodes/control-plane-1

setup() {
  control_plane
}

mint() {
  run --separate-stderr on_machine /slipway/scripts/mint-join.sh "$@"
  assert_no_refusals
}

@test "mint-join.sh says exactly what join.sh of a worker reads" {
  mint "${NODE}" worker
  assert_success
  [[ "${output}" == "$(printf 'TOKEN=%s\nCA_HASH=%s' "${TOKEN}" "$(hash_of_authority)")" ]]
}

# As the documentation of kubeadm takes it.
hash_of_authority() {
  printf 'sha256:%s' "$(openssl x509 -pubkey -in "${MACHINE}/disk/etc/kubernetes/pki/ca.crt" | openssl pkey -pubin -outform der | openssl dgst -sha256 -hex | sed 's/^.* //')"
}

@test "mint-join.sh says for a control plane also the certificates' key and what Secrets are encrypted with" {
  mint "${NODE}" control-plane
  assert_success
  [[ "$(cut --delimiter = --fields 1 <<<"${output}" | tr '\n' ' ')" == 'TOKEN CA_HASH CERTIFICATE_KEY ENCRYPTION_CONFIG ' ]]
  [[ "$(cat "${MACHINE}/state/cluster/certificate-key")" == "$(sed --quiet 's/^CERTIFICATE_KEY=//p' <<<"${output}")" ]]
  diff "${MACHINE}/disk/etc/kubernetes/encryption/config.yaml" <(sed --quiet 's/^ENCRYPTION_CONFIG=//p' <<<"${output}" | base64 --decode)
}

@test "mint-join.sh leaves no secret in command lines, on standard error or in files" {
  mint "${NODE}" control-plane
  assert_success
  refute_argv "${CERTIFICATE_KEY}"
  refute_argv "${TOKEN}"
  [[ "${stderr}" != *"${TOKEN}"* && "${stderr}" != *"${CERTIFICATE_KEY}"* ]]
  run ! grep --recursive --files-with-matches --fixed-strings "${CERTIFICATE_KEY}" "${MACHINE}"/disk/{run,etc,tmp,var}
}

@test "mint-join.sh makes nothing in a dry run" {
  mint --dry-run "${NODE}" control-plane
  assert_success
  [[ -z "${output}" && "${stderr}" == *'would: make a token'* ]]
  [[ ! -e "${MACHINE}/state/cluster/tokens" ]]
}

@test "mint-join.sh mints for no control plane while a member of etcd learns, has not started or does not answer" {
  local member
  for member in 'b2, started, control-plane-2, https://192.0.2.98:2380, https://192.0.2.98:2379, true' \
    'b2, unstarted, , https://192.0.2.98:2380, , false'; do
    control_plane
    printf '%s\n' "${member}" >>"${MACHINE}/state/cluster/members"
    mint "${NODE}" control-plane
    assert_refused 'etcd: is not whole'
    [[ "${stderr}" == *"${member}"* && -z "${output}" ]]
    mint "${NODE}" worker
    assert_success
  done
  control_plane
  : >"${MACHINE}/state/cluster/unhealthy"
  mint "${NODE}" control-plane
  assert_refused 'etcd: is not whole'
}

@test "mint-join.sh waits for a member that is about to vote or to leave" {
  printf 'b2, started, control-plane-2, https://192.0.2.98:2380, https://192.0.2.98:2379, true\n' >>"${MACHINE}/state/cluster/members"
  : >"${MACHINE}/state/cluster/learner-is-promoted"
  mint "${NODE}" control-plane
  assert_success
}

@test "mint-join.sh refuses without a role, on a machine that is no control plane, and beside a sick API" {
  mint "${NODE}"
  assert_refused 'role: is missing'
  rm "${MACHINE}/disk/etc/kubernetes/manifests/kube-apiserver.yaml"
  mint "${NODE}" worker
  assert_refused 'does not say ok'
  rm "${MACHINE}/disk/etc/kubernetes/admin.conf"
  mint "${NODE}" worker
  assert_refused '/etc/kubernetes/admin.conf: is missing'
}
