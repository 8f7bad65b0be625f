#!/usr/bin/env bats

load harness/machine
load harness/kills
load harness/kubernetes

NODE=/slipway/clusters/lab/nodes/control-plane-1
SNAPSHOT=/var/backups/slipway-etcd/one.db

# The machine of a cluster that has lost its majority, and a snapshot.
setup() {
  control_plane
  mkdir --parents "${MACHINE}/disk/var/backups/slipway-etcd"
  printf 'what etcd held\n' >"${MACHINE}/disk${SNAPSHOT}"
  : >"${MACHINE}/state/cluster/etcd-is-away"
}

restore() {
  run --separate-stderr on_machine /slipway/scripts/etcd-restore.sh "$@"
  assert_no_refusals
}

majority_is_back() {
  rm "${MACHINE}/state/cluster/etcd-is-away"
}

@test "etcd-restore.sh restores this machine's member as one of all, keeps the old data, and waits for the others" {
  restore "${NODE}" "${SNAPSHOT}"
  assert_success
  assert_output_has 'etcd waits for its other members'
  [[ "$(cat "${MACHINE}/disk/var/lib/etcd/member/snap/db")" == 'what etcd held' ]]
  [[ "$(cat "${MACHINE}"/disk/var/lib/etcd-before-*/member/db)" == data ]]
  [[ "$(cat "${MACHINE}/disk/var/lib/etcd/member/wal/0")" == 'control-plane-1 control-plane-1=https://192.0.2.97:2380,control-plane-2=https://192.0.2.98:2380,control-plane-3=https://192.0.2.99:2380 https://192.0.2.97:2380 1000000000' ]]
  [[ "$(ls "${MACHINE}/disk/etc/kubernetes/manifests")" == etcd.yaml ]]
}

@test "etcd-restore.sh starts the API server once the majority is restored, and then has nothing to do" {
  restore "${NODE}" "${SNAPSHOT}"
  majority_is_back
  restore "${NODE}" "${SNAPSHOT}"
  assert_success
  [[ "$(find "${MACHINE}/disk/etc/kubernetes/manifests" -type f | wc --lines)" == 4 ]]
  snapshot restored
  restore "${NODE}" "${SNAPSHOT}"
  assert_success
  assert_same restored
  assert_output_has ': 0 changes'
}

@test "etcd-restore.sh is finished by the next run, wherever it was killed" {
  own_scripts
  # Where the old data is kept has the time in its name.
  sed --in-place 's/date --utc +%Y%m%dT%H%M%SZ/echo then/' "${MACHINE}/scripts/etcd-restore.sh"
  printf 'set -- "$1" %s\nsource /slipway/scripts/etcd-restore.sh\n' "${SNAPSHOT}" >"${MACHINE}/scripts/restore.sh"
  sed --in-place '1i #!/usr/bin/env bash' "${MACHINE}/scripts/restore.sh"
  chmod +x "${MACHINE}/scripts/restore.sh"
  kill_at_each_step restore.sh lab/nodes/control-plane-1
}

@test "etcd-restore.sh refuses while the majority lives, unless that is meant" {
  majority_is_back
  restore "${NODE}" "${SNAPSHOT}"
  assert_refused 'the majority lives'
  [[ "$(cat "${MACHINE}/disk/var/lib/etcd/member/db")" == data ]]
  restore --yes "${NODE}" "${SNAPSHOT}"
  assert_success
  [[ "$(cat "${MACHINE}/disk/var/lib/etcd/member/snap/db")" == 'what etcd held' ]]
}

@test "etcd-restore.sh leaves the data of etcd where it is when the snapshot is damaged" {
  printf 'damaged\n' >"${MACHINE}/disk${SNAPSHOT}"
  restore "${NODE}" "${SNAPSHOT}"
  ((status == 1))
  [[ "$(cat "${MACHINE}/disk/var/lib/etcd/member/db")" == data ]]
}

@test "etcd-restore.sh refuses without a snapshot" {
  restore "${NODE}" /nowhere.db
  assert_refused "SNAPSHOT: is '/nowhere.db', no file"
}
