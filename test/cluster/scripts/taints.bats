#!/usr/bin/env bats

load harness/machine
load harness/kills
load harness/kubernetes

NODE=lab/nodes/control-plane-1

setup() {
  control_plane
  local name
  for name in control-plane-2 control-plane-3 worker-1 worker-2; do : >"${MACHINE}/state/cluster/nodes/${name}"; done
  printf 'node\ttaint\ncontrol-plane-1\tnode-role.kubernetes.io/control-plane:NoSchedule\nworker-1\tdedicated=chat:NoSchedule\n' >"${MACHINE}/clusters/lab/taints.tsv"
}

# Lines NODE TAINT that the nodes carry already.
carry() {
  printf '%s\t%s\n' "$@" >"${MACHINE}/state/cluster/taints"
}

@test "taints.sh brings what is listed, and a second run changes nothing" {
  assert_dry_run_tells_all taints.sh "${NODE}"
  assert_argv 'kubectl --kubeconfig /etc/kubernetes/admin.conf taint nodes worker-1 dedicated=chat:NoSchedule --overwrite'
  assert_second_run_changes_nothing taints.sh "${NODE}"
}

@test "taints.sh is finished by the next run, wherever it was killed" {
  kill_at_each_step taints.sh "${NODE}"
}

@test "taints.sh removes nothing, and prints what no list has with the command that takes it away" {
  carry worker-2 gpu=true:NoExecute worker-1 dedicated=chat:NoSchedule worker-2 node.kubernetes.io/not-ready:NoExecute
  run_script taints.sh "${NODE}"
  assert_success
  assert_output_has 'listed nowhere: gpu=true:NoExecute on worker-2; to take it away: kubectl taint nodes worker-2 gpu=true:NoExecute-'
  [[ "$(grep --count 'listed nowhere' <<<"${output}")" == 1 ]]
  grep --quiet gpu=true "${MACHINE}/state/cluster/taints"
}

@test "taints.sh refuses before it changes anything while a listed machine is no node" {
  rm "${MACHINE}/state/cluster/nodes/worker-1"
  run_script taints.sh "${NODE}"
  assert_refused 'worker-1: is no node of the cluster'
  refute_argv ' taint nodes '
}
