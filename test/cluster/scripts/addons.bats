#!/usr/bin/env bats

load harness/machine
load harness/kills
load harness/kubernetes

NODE=lab/nodes/control-plane-1

setup() {
  control_plane
  fill_mirror
}

@test "network.sh and addons.sh apply what the list names, and a second run changes nothing" {
  assert_dry_run_tells_all network.sh "${NODE}"
  assert_second_run_changes_nothing network.sh "${NODE}"
  assert_dry_run_tells_all addons.sh "${NODE}"
  assert_second_run_changes_nothing addons.sh "${NODE}"
}

@test "every add-on of the list is applied: as it was downloaded, and with our own part" {
  local name how own
  run_script network.sh "${NODE}"
  assert_success
  run_script addons.sh "${NODE}"
  assert_success
  while IFS=$'\t' read -r _ name how _ _ own; do
    case "${how}" in
      manifest)
        applied "${MACHINE}"/disk/var/cache/slipway/"${name}"-*
        [[ "${own}" == - ]] || applied "${MACHINE}/clusters/lab/addons/${own}"
        ;;
      chart) [[ -e "${MACHINE}/state/cluster/releases/${name}" ]] ;;
    esac
  done < <(tail -n +2 "${MACHINE}/clusters/lab/addons/manifests.tsv")
}

applied() {
  [[ -e "${MACHINE}/state/cluster/applied/$(sha256sum "$1" | cut --delimiter ' ' --fields 1)" ]] || fail "$1 was not applied"
}

@test "network.sh and addons.sh are finished by the next run, wherever they were killed" {
  kill_at_each_step network.sh "${NODE}"
  kill_at_each_step addons.sh "${NODE}"
}

@test "a chart is released again when its values change" {
  run_script addons.sh "${NODE}"
  printf 'replicas: 7\n' >>"${MACHINE}/clusters/lab/addons/haproxytech.values.yaml"
  run_script addons.sh "${NODE}"
  assert_success
  assert_output_has 'change: release haproxytech'
  assert_output_has ': 1 changes'
}

@test "our own part is tried again while a webhook does not answer yet, and not for ever" {
  run_script network.sh "${NODE}"
  printf '3\n' >"${MACHINE}/state/cluster/refusals"
  printf 'changed: true\n' >>"${MACHINE}/clusters/lab/addons/calico.yaml"
  run_script network.sh "${NODE}"
  assert_success
  printf '1000\n' >"${MACHINE}/state/cluster/refusals"
  printf 'changed: again\n' >>"${MACHINE}/clusters/lab/addons/calico.yaml"
  run_script network.sh "${NODE}"
  ((status == 1))
  [[ "${stderr}" == *'waited for the cluster to take addons/calico.yaml'* ]]
}

@test "network.sh explains a node that does not become Ready: its reason, the network's pods and events" {
  : >"${MACHINE}/state/cluster/not-ready"
  printf 'worker-1\tFalse\tKubeletNotReady\tcni plugin not initialized\ncontrol-plane-1\tTrue\tKubeletReady\tready\n' >"${MACHINE}/state/cluster/conditions"
  run_script network.sh "${NODE}"
  ((status == 1))
  [[ "${stderr}" == *$'worker-1\tFalse\tKubeletNotReady\tcni plugin not initialized'* && "${stderr}" != *'KubeletReady'* ]]
  [[ "${stderr}" == *'what pods say in calico-system'* && "${stderr}" == *'what events say in calico-system'* ]]
}

@test "addons.sh refuses, with what its pods do, where one is not ready in time" {
  : >"${MACHINE}/state/cluster/no-rollout"
  run_script addons.sh "${NODE}"
  assert_refused 'did not become ready in 5 minutes'
  [[ "${stderr}" == *'what pods say in '* ]]
}

@test "addons.sh refuses a download without a checksum before it fetches anything" {
  cut --fields 1-4 "${MACHINE}/clusters/lab/downloads.tsv" | sed 's/$/\t/' >"${MACHINE}/clusters/lab/downloads.new"
  mv "${MACHINE}/clusters/lab/downloads.new" "${MACHINE}/clusters/lab/downloads.tsv"
  run_script addons.sh "${NODE}"
  assert_refused 'has no sha256'
  refute_argv curl
}
