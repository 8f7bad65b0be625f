#!/usr/bin/env bats

load harness/machine
load harness/kills
load harness/kubernetes

NODE=lab/nodes/control-plane-1

setup() {
  control_plane
  certificates_end_in 400
}

# One of them ends sooner than the others.
certificates_end_in() {
  printf 'apiserver\t%s\netcd-server\t%s\n' "$(date --utc --date "+$1 days 1 hour" +%FT%TZ)" "$(date --utc --date '+300 days' +%FT%TZ)" >"${MACHINE}/state/expiration"
}

@test "certificates.sh installs a timer that runs the renewal, and a second run changes nothing" {
  assert_dry_run_tells_all certificates.sh "${NODE}"
  assert_second_run_changes_nothing certificates.sh "${NODE}"
  [[ -L "${MACHINE}/disk/etc/systemd/system/timers.target.wants/slipway-certificates.timer" ]]
}

@test "certificates.sh is finished by the next run, wherever it was killed" {
  kill_at_each_step certificates.sh "${NODE}"
}

@test "what the timer runs is complete: it works from where it was installed" {
  run_script certificates.sh "${NODE}"
  run --separate-stderr on_machine sh -c "$(sed --quiet 's/^ExecStart=//p' "${MACHINE}/disk/etc/systemd/system/slipway-certificates.service")"
  assert_success
  assert_output_has 'renew-certificates.sh: 0 changes'
}

@test "renew-certificates.sh leaves certificates alone that have 30 days or more" {
  certificates_end_in 30
  run_script renew-certificates.sh "${NODE}"
  assert_success
  refute_argv 'certs renew'
  [[ "${stderr}" == *'apiserver: 30 days'* ]]
}

@test "renew-certificates.sh renews when one has fewer than 30 days, and restarts its readers one after the other" {
  certificates_end_in 29
  assert_dry_run_tells_all renew-certificates.sh "${NODE}"
  [[ "$(sed --quiet 's/^change: restart //p' <<<"${output}" | tr '\n' ' ')" == 'etcd kube-apiserver kube-controller-manager kube-scheduler ' ]]
  assert_second_run_changes_nothing renew-certificates.sh "${NODE}"
}

@test "renew-certificates.sh is finished by the next run, wherever it was killed: no manifest stays away" {
  certificates_end_in 5
  IGNORED='pki/.*\.crt' kill_at_each_step renew-certificates.sh "${NODE}"
  [[ "$(find "${MACHINE}/disk/etc/kubernetes/manifests" -type f | wc --lines)" == 4 ]]
}

@test "renew-certificates.sh does not restart etcd while another member is away, unless there is no time left" {
  : >"${MACHINE}/state/cluster/unhealthy"
  certificates_end_in 7
  run_script renew-certificates.sh "${NODE}"
  assert_refused 'etcd: is not whole'
  refute_argv 'certs renew'
  certificates_end_in 6
  run_script renew-certificates.sh "${NODE}"
  assert_success
}

@test "certificates.sh and etcd-backup.sh refuse on a machine that is no control plane" {
  run_script certificates.sh lab/nodes/worker-1
  assert_refused 'worker-1: is a worker'
  run_script etcd-backup.sh lab/nodes/worker-1
  assert_refused 'worker-1: is a worker'
}

@test "renew-certificates.sh warns of an authority with less than a year" {
  certificates_end_in 200
  run_script renew-certificates.sh "${NODE}"
  assert_success
  [[ "${stderr}" == *'warning: authority apiserver ends in 200 days'* ]]
}

@test "renew-certificates.sh refuses where kubeadm lists no certificate" {
  : >"${MACHINE}/state/expiration"
  run_script renew-certificates.sh "${NODE}"
  assert_refused 'lists nothing'
}
